"""Words of an agency's work in five languages: a task may come back in another one.

A line is a concept: English, Spanish, Russian, Polish, Korean. Words are compared by their stems,
so only beginnings are given; Korean ones by the whole word or its beginning.
"""

from collections.abc import Mapping
from functools import lru_cache

from tasks.ledger.names import plain

LINES = """
landing|aterriz|лендинг посадоч|ladowan docelow|랜딩
page|pagina|страниц|stron|페이지
report|informe report|отчет|raport|보고서 리포트
weekly|semanal|еженедельн недельн|tygodniow|주간
monthly|mensual|ежемесячн месячн|miesieczn|월간
campaign|campan|кампани|kampani|캠페인
ad ads advert|anuncio|реклам объявлен|reklam|광고
budget|presupuest|бюджет|budzet|예산
keyword|palabra clave|ключев|slow kluczow|키워드
copy text|texto copy|текст копирайт|tekst|카피 문구 텍스트
design|disen|дизайн|projekt design|디자인
banner|banner|баннер|baner|배너
email mail|correo email|письм рассылк емейл|mail e-mail wiadomosc|이메일 메일
newsletter|boletin|рассылк дайджест|newsletter|뉴스레터
audit|auditor|аудит|audyt|감사 진단
review|revis|ревью проверк обзор|przeglad recenzj|검토 리뷰
launch|lanz|запуск|uruchom start|출시 런칭
setup set configur|configur ajust|настройк настро|konfigur ustaw|설정 세팅
tracking|seguimient|отслежив трекинг|sledzen|추적 트래킹
pixel|pixel|пиксел|piksel|픽셀
form|formulari|форм|formularz|양식 폼
video|video|видео|wideo|영상 비디오
creative|creativ|креатив|kreacj|소재 크리에이티브
test|prueba test|тест|test|테스트
call|llamad|звонок созвон|rozmow telefon|통화 전화
meeting|reunion|встреч совещан|spotkan|회의 미팅
plan|plan|план|plan|계획
strategy|estrategi|стратеги|strategi|전략
audience|audienci public|аудитори|odbiorc grup|타겟 오디언스
remarketing retarget|remarketing|ремаркетинг ретаргет|remarketing|리마케팅
analytics analysis|analit analisis|аналитик анализ|analityk analiz|분석
website site web|sitio web|сайт|stron witryn|웹사이트 사이트
blog|blog|блог|blog|블로그
article post|articul|стать пост|artykul wpis|기사 글
social|social|социальн соцсет|spolecznosciow|소셜
content|contenid|контент|tresc|콘텐츠
image photo|imagen foto|изображен фото|zdjec obraz|이미지 사진
logo|logo|логотип|logo|로고
price pricing|precio|цен|cen|가격
invoice|factur|счет|faktur|청구서
contract|contrat|договор контракт|umow|계약
brief|brief|бриф|brief|브리프
draft|borrador|черновик|szkic|초안
update|actualiz|обнов|aktualiz|업데이트
fix|arregl correg|исправ|popraw napraw|수정
client customer|client|клиент|klient|고객
competitor|competid|конкурент|konkurenc|경쟁
conversion|conversion|конверси|konwersj|전환
checkout|pago caja|оформлен|koszyk zamowien|결제
feed|feed|фид|feed plik|피드
product|product|товар продукт|produkt|제품 상품
survey|encuest|опрос|ankiet|설문
training|formacion capacit|обучен|szkolen|교육
onboarding|bienvenid incorpor|онбординг|wdrozen|온보딩
goal|objetiv|цел|cel|목표
new|nuev|нов|now|새 신규
approve approval|aproba|утвержд соглас|zatwierdz|승인
send|envi|отправ|wysl|발송 보내
write|escrib redact|напис|napis|작성
prepare|prepar|подготов|przygotow|준비
check|comprob|провер|sprawdz|확인
""".strip()

CONCEPTS: dict[str, str] = {
    plain(stem): line.split("|", 1)[0].split()[0]
    for line in LINES.splitlines()
    for language in line.split("|")
    for stem in language.split()
}
# Said in every name, and speaking of nothing.
SMALL_WORDS = """
the a an of for to in on and with el la los las de del en y para con un una
и в на для с по от до к о w we na do dla z ze i o od 의 을 를 에 및
"""
SMALL = frozenset(map(plain, SMALL_WORDS.split()))
LONGEST = max(map(len, CONCEPTS))


@lru_cache(maxsize=20_000)
def concepts(name: str) -> Mapping[str, frozenset[str]]:
    """What a name speaks of, in any of the languages, each with the words it is said in.

    Words that are nobody's stay themselves: a brand has one name everywhere.
    """
    found: dict[str, set[str]] = {}
    for word in plain(name).split():
        if len(word) > 1 and word not in SMALL:
            found.setdefault(_concept(word), set()).add(word)
    return {concept: frozenset(words) for concept, words in found.items()}


def _concept(word: str) -> str:
    for length in range(min(len(word), LONGEST), 1, -1):
        found = CONCEPTS.get(word[:length])
        if found and (length >= 3 or length == len(word)):
            return f"={found}"
    return word
