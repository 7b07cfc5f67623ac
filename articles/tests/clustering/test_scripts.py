"""Stories in every script: one headline twice is one story, two headlines are two."""

from __future__ import annotations

from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.clustering import RelatedList

from .making import page, partition

# In each script: police cameras in London, a company's earnings, a storm on the coast,
# a vote on taxes in parliament, a new railway bridge.
HEADLINES = {
    "Latin": (
        "Police in London will use facial recognition cameras this month",
        "Microsoft reports record revenue from its cloud business",
        "Storm leaves thousands of homes without power on the coast",
        "Parliament votes on higher taxes for large companies",
        "New railway bridge across the river opens to traffic",
    ),
    "Latin, Turkish": (
        "Londra polisi bu ay yüz tanıma kameraları kullanacak",
        "Microsoft bulut bölümünden rekor gelir açıkladı",
        "Fırtına kıyıda binlerce evi elektriksiz bıraktı",
        "Meclis büyük şirketler için daha yüksek vergileri oyluyor",
        "Nehir üzerindeki yeni demiryolu köprüsü trafiğe açıldı",
    ),
    "Cyrillic": (
        "Полиция Лондона в этом месяце начнёт использовать камеры распознавания лиц",
        "Microsoft сообщила о рекордной выручке от облачного бизнеса",
        "Шторм оставил тысячи домов на побережье без электричества",
        "Парламент голосует за повышение налогов для крупных компаний",
        "Новый железнодорожный мост через реку открыт для движения",
    ),
    "Greek": (
        "Η αστυνομία του Λονδίνου θα χρησιμοποιήσει κάμερες αναγνώρισης προσώπου",
        "Η Microsoft ανακοίνωσε έσοδα ρεκόρ από το cloud",
        "Η καταιγίδα άφησε χιλιάδες σπίτια χωρίς ρεύμα στην ακτή",
        "Το κοινοβούλιο ψηφίζει υψηλότερους φόρους για τις μεγάλες εταιρείες",
        "Η νέα σιδηροδρομική γέφυρα πάνω από τον ποταμό άνοιξε στην κυκλοφορία",
    ),
    "Arabic": (
        "شرطة لندن تستخدم كاميرات التعرف على الوجوه هذا الشهر",
        "مايكروسوفت تعلن إيرادات قياسية من أعمال الحوسبة السحابية",
        "العاصفة تترك آلاف المنازل بلا كهرباء على الساحل",
        "البرلمان يصوت على رفع الضرائب على الشركات الكبرى",
        "افتتاح جسر جديد للسكك الحديدية فوق النهر أمام حركة المرور",
    ),
    "Persian": (
        "پلیس لندن این ماه از دوربین‌های تشخیص چهره استفاده می‌کند",
        "مایکروسافت از درآمد بی‌سابقه بخش ابری خود خبر داد",
        "طوفان هزاران خانه را در ساحل بدون برق گذاشت",
        "مجلس درباره مالیات بیشتر برای شرکت‌های بزرگ رأی می‌دهد",
        "پل جدید راه‌آهن روی رودخانه به روی قطارها باز شد",
    ),
    "Hebrew": (
        "משטרת לונדון תשתמש החודש במצלמות לזיהוי פנים",
        "מיקרוסופט דיווחה על הכנסות שיא מעסקי הענן",
        "הסערה הותירה אלפי בתים ללא חשמל לאורך החוף",
        "הפרלמנט מצביע על העלאת המסים לחברות הגדולות",
        "גשר הרכבת החדש מעל הנהר נפתח לתנועה",
    ),
    "Devanagari": (
        "लंदन पुलिस इस महीने चेहरा पहचानने वाले कैमरों का इस्तेमाल करेगी",
        "माइक्रोसॉफ्ट ने क्लाउड कारोबार से रिकॉर्ड कमाई की घोषणा की",
        "तूफान के कारण तट पर हजारों घरों की बिजली गुल हो गई",
        "संसद में बड़ी कंपनियों पर अधिक कर लगाने के लिए मतदान होगा",
        "नदी पर बना नया रेलवे पुल यातायात के लिए खोल दिया गया",
    ),
    "Thai": (
        "ตำรวจลอนดอนจะใช้กล้องจดจำใบหน้าในเดือนนี้",
        "ไมโครซอฟท์รายงานรายได้สูงสุดเป็นประวัติการณ์จากธุรกิจคลาวด์",
        "พายุทำให้บ้านหลายพันหลังริมชายฝั่งไม่มีไฟฟ้าใช้",
        "รัฐสภาลงมติขึ้นภาษีบริษัทขนาดใหญ่",
        "สะพานรถไฟแห่งใหม่ข้ามแม่น้ำเปิดให้สัญจรแล้ว",
    ),
    "Han": (
        "伦敦警方本月将使用人脸识别摄像头",
        "微软公布云计算业务收入创历史新高",
        "风暴导致沿海数千户家庭停电",
        "议会就提高大型企业税收进行表决",
        "横跨河流的新铁路大桥正式通车",
    ),
    "Kana": (
        "ロンドンのけいさつがカメラをつかいはじめる",
        "マイクロソフトのクラウドのうりあげがさいこうになった",
        "あらしでかいがんのいえがていでんした",
        "こっかいでぜいきんのひきあげがきまる",
        "あたらしいてつどうのはしがひらかれた",
    ),
    "Katakana": (
        "マイクロソフトガアズールノアタラシイサービスヲハジメル",
        "グーグルガクラウドノキャンペーンヲオワル",
        "アマゾンノドローンガロンドンデニモツヲハコブ",
        "トヨタノエンジンコウジョウデストライキ",
        "オリンピックノチケットハンバイガエンキ",
    ),
    "Japanese, foreign words": (
        "マイクロソフトがアズールのサービスを開始",
        "グーグルがクラウドのサービスを終了",
        "アマゾンがドローンでの配送を開始すると発表",
        "トヨタがエンジン工場の閉鎖を発表",
        "政府がオリンピックの延期を検討している",
    ),
    "Japanese": (
        "ロンドン警察が今月から顔認識カメラを使用へ",
        "マイクロソフト、クラウド事業の売上高が過去最高に",
        "嵐の影響で沿岸部の数千世帯が停電している",
        "国会が大企業への増税について採決を行う",
        "川にかかる新しい鉄道橋が開通しました",
    ),
    "Hangul": (
        "런던 경찰이 이번 달부터 얼굴 인식 카메라를 사용한다",
        "마이크로소프트가 클라우드 사업에서 사상 최대 매출을 기록했다",
        "폭풍으로 해안가 수천 가구의 전기가 끊겼다",
        "의회가 대기업에 대한 세금 인상을 표결에 부친다",
        "강을 가로지르는 새 철도 다리가 개통되었다",
    ),
}
SCRIPTS = pytest.mark.parametrize("script", HEADLINES)


@SCRIPTS
def test_one_headline_half_an_hour_apart_in_one_list_is_one_story(script):
    for headline in HEADLINES[script]:
        pages = [page("a", headline), page("b", headline, hours=0.5)]
        assert partition(pages, [RelatedList("a", ("b",))]) == [("a", "b")]


@SCRIPTS
def test_two_headlines_in_one_list_are_two_stories(script):
    for one, other in combinations(HEADLINES[script], 2):
        pages = [page("a", one), page("b", other, hours=0.5)]
        found = partition(pages, [RelatedList("a", ("b",))])
        assert found == [("a",), ("b",)], (one, other)


@SCRIPTS
def test_one_headline_in_no_list_is_one_story_and_two_are_two(script):
    one, other, *_ = HEADLINES[script]
    pages = [page("a", one), page("b", one, hours=0.5), page("c", other, hours=0.5)]
    assert partition(pages, []) == [("a", "b"), ("c",)]


@SCRIPTS
def test_events_of_one_long_list_are_told_apart(script):
    pages = [
        page(f"{name}{copy}", headline, hours=copy / 2)
        for name, headline in zip("abcde", HEADLINES[script], strict=True)
        for copy in range(2)
    ]
    every = tuple(one.key for one in pages)
    found = partition(pages, [RelatedList(key, every) for key in every])
    assert found == [(f"{name}0", f"{name}1") for name in "abcde"]


@given(
    st.sampled_from(
        [(0x410, 0x44F), (0x3B1, 0x3C9), (0x621, 0x63A), (0x5D0, 0x5EA)]
        + [(0x915, 0x939), (0xE01, 0xE2E), (0x4E00, 0x9FFF), (0x3041, 0x3093)]
        + [(0x30A1, 0x30F6), (0xAC00, 0xD7A3), (0x10D0, 0x10F0), (0x561, 0x586)]
        + [(0x985, 0x9B9), (0x1780, 0x17B3), (0x61, 0x7A)]
    ),
    st.data(),
)
def test_any_words_of_any_script_are_one_story_when_they_are_the_same(letters, data):
    letter = st.characters(min_codepoint=letters[0], max_codepoint=letters[1])
    word = st.text(letter, min_size=3, max_size=8)
    headline = " ".join(data.draw(st.lists(word, min_size=3, max_size=8)))
    pages = [page("a", headline), page("b", headline, hours=0.5)]
    assert partition(pages, [RelatedList("a", ("b",))]) == [("a", "b")]
