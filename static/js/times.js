// Moments in the reader's own zone; those of the last day by how long they are ago.
// Where the day is not seen it stands above, in the site's zone, and so the time stays.

const MINUTE = 60_000;
const DAY = 1440 * MINUTE;
const format = (options) => new Intl.DateTimeFormat("en-GB", options);
const clock = format({ timeStyle: "short" });
const zone = format({ hour: "2-digit", minute: "2-digit", timeZoneName: "short" });
const thisYear = format({ day: "numeric", month: "long" });
const anyYear = format({ dateStyle: "long" });

function showTimes() {
  const now = new Date();
  const all = [...document.querySelectorAll("time")].filter((time) => time.querySelector(".day + .clock"));
  // Asked of all first: to ask between changes lays out the page again and again.
  const seen = all.filter((time) => getComputedStyle(time.querySelector(".day")).display !== "none");
  for (const time of seen) show(time, new Date(time.dateTime), now);
}

function show(time, at, now) {
  if (Number.isNaN(at.getTime())) return;
  const [day, hour] = [time.querySelector(".day"), time.querySelector(".clock")];
  const ago = now - at;
  const near = ago >= 0 && ago < DAY;
  const year = at.getFullYear() === now.getFullYear() ? thisYear : anyYear;
  day.textContent = near ? inWords(ago) : year.format(at);
  hour.textContent = near ? "" : clock.format(at);
  time.title = `${anyYear.format(at)}, ${zone.format(at)}`;
}

function inWords(ago) {
  const minutes = Math.floor(ago / MINUTE);
  if (minutes < 1) return "just now";
  return minutes < 60 ? `${minutes} min ago` : `${Math.floor(minutes / 60)} h ago`;
}

showTimes();
document.addEventListener("visibilitychange", () => {
  if (!document.hidden) showTimes();
});
