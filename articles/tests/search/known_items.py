"""Pages of the corpus, by the names of their sources, and what somebody might type."""

from __future__ import annotations

KNOWN_ITEMS = (
    # Accents left out, in headlines and names of publishers.
    ("telefonica private 5g", "2021-05-11-telefonica-teams-with-microsoft-azure-on-private-5g-networks"),
    ("borsennews energisme", "2021-04-08-energisme-loamics-now-available-in-the-microsoft-azure-marketplace"),
    # Words of a headline, some of them, in any order.
    ("italian cloud region 1.5bn", "2020-05-11-microsoft-invests-15bn-in-italian-cloud-region"),
    ("teradata vantage marketplace", "2021-01-13-cloud-data-analytics-platform-teradata-vantage-now-available-in-the-microsoft-azure-marketplace"),
    ("what small businesses should know", "2021-02-04-what-small-businesses-should-know-about-microsoft-cloud"),
    ("server group restart citus", "2021-06-23-azure-database-for-postgresql-hyperscale-citus-now-offers-server-group-restart-feature-in-public-preview"),
    ("build 2020 biggest announcements", "2020-05-20-the-biggest-announcements-from-microsoft-build-2020"),
    ("linux bug hunters 100k", "2020-05-07-microsoft-offers-bug-hunters-100k-to-hack-its-linux-smart-home-software"),
    ("learn tv", "2020-05-19-microsofts-learn-tv-helps-developers-improve-their-skills-from-home"),
    # A whole headline.
    ("Where Microsoft is headed in healthcare", "2020-05-29-where-microsoft-is-headed-in-healthcare"),
    ("MICROSOFT AZURE MONTHLY UPDATE: MAY 2021, EPISODE 4", "2021-05-05-microsoft-azure-monthly-update-may-2021-episode-4"),
    # A publisher and a word.
    ("ciodive malicious domains", "2020-05-04-malicious-domains-are-floating-around-the-cloud-heres-the-threat-to-companies"),
    ("valdosta mpower", "2021-08-18-sess-o3b-mpower-tapped-by-microsoft-for-azure-network-cloud-services"),
    ("provider:geekwire space station", "2021-02-11-microsoft-and-hpe-team-up-to-connect-azure-cloud-to-international-space-station"),
    ("provider:usnews.com oracle zoom", "2020-04-28-oracle-wins-cloud-computing-deal-with-zoom-as-video-calls-surge"),
    ('provider:"bleeping computer" top secret', "2020-12-07-microsoft-announces-azure-cloud-for-top-secret-government-data"),
    ("barrons fedex", "2020-05-18-fedex-is-using-microsofts-ai-tools-to-speed-up-package-delivery"),
    # A phrase.
    ('"family safety app"', "2020-05-11-microsoft-begins-limited-preview-testing-of-its-family-safety-app-for-android-and-ios"),
    ("“steps forward” universal print", "2020-07-22-sick-of-installing-printer-drivers-microsofts-azure-universal-print-takes-another-step-forward"),
    ('"smart camera" sony siliconrepublic', "2020-05-19-microsoft-is-integrating-azure-ai-into-sonys-smart-camera-sensors"),
    # A rare name.
    ("defenseready", "2021-08-12-permutas-defenseready-solution-achieves-dod-il5-ato-in-microsofts-azure-environment"),
    ("pulumi", "2021-04-28-using-pulumi-30-to-manage-azure-infrastructure"),
    ("datawiza", "2021-04-20-datawiza-automates-application-integration-for-microsoft-azure-active-directory"),
    # Dashes that are others, misplaced or left out; compounds in one word or apart.
    ("H ISAC threat bulletin", "2021-01-08-h-isac-tlp-white-threat-bulletin-microsoft-cloud-environment-post-compromise-threat-activity-detection"),
    ("ondemand disk bursting", "2021-03-02-on-demand-disk-bursting-for-premium-ssds-now-in-public-preview"),
    ("azure – powered cloud – pc more details", "2020-11-06-more-details-leaks-about-microsofts-azure-powered-cloud-pc-experience"),
    ("covid19 meritalk", "2020-04-20-covid-19-news-pentagon-to-reconsider-jedi-texas-judge-issues-injunction-on-vote-by-mail-spike-in-video-conferencing-themed-cyberattacks"),
    ("covid -19 aggressive growth", "2020-05-05-cloud-providers-see-aggressive-growth-amidst-covid-19-pandemic"),
    ("innovations sign-up red hat summit", "2021-04-27-discover-the-latest-red-hat-on-azure-innovationssign-up-for-the-red-hat-summit"),
    ("ecommerce clear sale", "2020-05-11-clearsale-chooses-microsoft-azure-to-support-and-protect-e-commerce-transactions"),
    ("nba surface 2020–21", "2020-04-16-microsoft-lands-a-deal-with-the-nba-to-use-azure-and-surface-starting-with-the-2020-21-season"),
    ("MySQL-Flexible Server Azure-CLI", "2021-03-31-public-preview-azure-database-for-mysql-flexible-server-now-connects-with-azure-cli"),
    # Apostrophes, initials, numbers and signs.
    ("land olakes", "2020-07-15-microsoft-partners-with-land-olakes-to-build-agriculture-tech-on-azure"),
    ("ATT 5g bloomberg", "2021-06-30-att-is-moving-its-5g-cloud-network-to-microsofts-azure"),
    ("u.s. judge challenge hold reuters", "2020-04-18-us-judge-puts-amazon-challenge-to-pentagon-jedi-contract-on-hold"),
    (".net core analysis services", "2021-02-17-net-core-support-for-analysis-services-client-libraries-is-generally-available"),
    ("php 7.4 ending", "2020-10-28-community-support-for-php-74-is-ending-on-28-november-2022"),
    ("key vault 99.99%", "2021-05-17-general-availability-azure-key-vault-sla-raised-to-9999"),
    # Other forms of the words.
    ("developer productive docker extending collaborations", "2020-05-27-docker-extends-collaboration-with-microsoft-azure-to-boost-developer-productivity"),
    ("permutas solutions achieved dod", "2021-08-12-permutas-defenseready-solution-achieves-dod-il5-ato-in-microsofts-azure-environment"),
)  # fmt: skip

# Pages of the seeds by their addresses; most are known from lists only.
OF_THE_SEEDS = (
    ("doha bank voice", "https://www.gulf-times.com/story/654852/Doha-Bank-integrates-facial-voice-recognition-into"),
    ("dawn london police", "https://www.dawn.com/news/1533822"),
    ("smells fear", "https://www.geek.com/tech/amazons-new-facial-recognition-smells-your-fear-1800027/"),
    ('"jet fuel"', "https://thenextweb.com/artificial-intelligence/2020/01/31/facial-recognition-adds-jet-fuel-for-criminal-investigations-chicago-police/"),
    ("findface", "https://www.forbes.com/sites/thomasbrewster/2020/01/29/findface-rolls-out-huge-facial-recognition-surveillance-in-moscow-russia/"),
    ("mask on NEC", "https://www3.nhk.or.jp/nhkworld/en/news/videos/20201023212821053/"),
    ("provider:ft.com authoritarian", "https://www.ft.com/content/7e6131be-4298-11ea-abea-0c7a29cd66fe"),
    ("new york times clearview", "https://www.nytimes.com/2020/01/24/technology/clearview-ai-new-jersey.html"),
    ("crimefighting tools", "https://www.ft.com/content/7e6131be-4298-11ea-abea-0c7a29cd66fe"),
    ("met police stratford", "https://www.computing.co.uk/news/4010475/met-police-live-facial-recognition"),
)  # fmt: skip
