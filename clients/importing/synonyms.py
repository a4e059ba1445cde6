"""What others call our columns, in five languages: English, Spanish, Russian, Polish, Korean."""

SYNONYMS: dict[str, str] = {
    "external_id": "id, code, number, no, key, ref, reference, identifier, client id, staff id, "
    "código, identificador, número, ид, код, номер, идентификатор, kod, numer, identyfikator, "
    "번호, 코드, 식별자",
    "name": "full name, title, called, nombre, nombre completo, имя, название, фио, наименование, "
    "nazwa, imię i nazwisko, imię, 이름, 명칭, 성명",
    "email": "e mail, mail, email address, e mail address, work email, correo, "
    "correo electrónico, почта, эл почта, электронная почта, poczta, adres email, 이메일, 메일",
    "role": "position, job, function, puesto, rol, cargo, роль, должность, stanowisko, rola, "
    "역할, 직책",
    "department": "dept, division, unit, departamento, área, отдел, департамент, dział, 부서",
    "started_on": "start, started, start date, since, from, begin, began, joined, hired, "
    "hire date, onboarded, contract start, inicio, fecha de inicio, desde, начало, дата начала, "
    "начат, с, początek, data rozpoczęcia, od, start współpracy, 시작일, 시작, 입사일",
    "ended_on": "end, ended, end date, until, to, left, churned, churn date, contract end, fin, "
    "fecha de fin, hasta, конец, дата окончания, окончание, по, koniec, data zakończenia, do, "
    "종료일, 종료, 퇴사일",
    "director": "head, lead, director name, jefe, directora, директор, руководитель, dyrektor, "
    "kierownik, 책임자, 이사",
    "pod": "team, squad, group, equipo, grupo, команда, группа, под, zespół, grupa, 팀, 그룹",
    "staff": "person, employee, member, owner, by, author, user, persona, empleado, miembro, "
    "responsable, сотрудник, автор, osoba, pracownik, członek, autor, 직원, 담당자",
    "industry": "sector, trade, branch, vertical, niche, industria, rubro, отрасль, ниша, сфера, "
    "branża, sektor, 업종, 산업",
    "country": "land, country code, market, país, страна, kraj, 국가, 나라",
    "time_zone": "timezone, tz, zona horaria, huso horario, часовой пояс, strefa czasowa, 시간대",
    "account_manager": "manager, am, account owner, owner, account, responsible, gestor, "
    "gestor de cuenta, responsable, менеджер, аккаунт, аккаунт менеджер, ответственный, opiekun, "
    "opiekun klienta, menedżer, 담당자, 매니저, 담당 매니저",
    "status": "state, stage, estado, situación, статус, состояние, stan, 상태",
    "is_key": "key, key client, key account, vip, clave, cliente clave, ключевой, vip клиент, "
    "kluczowy, 핵심, 주요 고객",
    "referred_by": "referrer, referral, recommended by, source, recomendado por, referido por, "
    "рекомендация, кто порекомендовал, polecony przez, polecenie, 추천인, 소개",
    "client": "client id, client code, account, customer, company, brand, cliente, empresa, "
    "cuenta, клиент, компания, заказчик, klient, firma, 고객, 고객사, 회사",
    "notice_on": "notice, notice date, cancelled on, preaviso, aviso, уведомление, "
    "дата уведомления, wypowiedzenie, 해지 통보일, 통보일",
    "service": "product, package, plan, what, servicio, producto, услуга, продукт, usługa, "
    "produkt, 서비스, 상품",
    "starts_on": "start, start date, from, since, valid from, starts, inicio, desde, "
    "fecha de inicio, начало, дата начала, с, od, początek, ważne od, 시작일, 시작",
    "ends_on": "end, end date, to, until, valid to, ends, fin, hasta, fecha de fin, конец, "
    "дата окончания, по, do, koniec, ważne do, 종료일, 종료",
    "amount": "price, fee, value, sum, total, net, retainer, mrr, budget, importe, monto, precio, "
    "cuota, сумма, цена, стоимость, бюджет, kwota, cena, opłata, wartość, 금액, 요금, 가격",
    "currency": "ccy, cur, currency code, moneda, divisa, валюта, waluta, 통화",
    "per": "period, billing, billing period, interval, frequency, periodo, frecuencia, период, "
    "периодичность, okres, częstotliwość, 주기, 기간",
    "finance_model": "model, billing model, type of fee, contract type, modelo, "
    "modelo de cobro, модель, модель оплаты, тип договора, model rozliczeń, typ umowy, 과금 방식",
    "reason": "why, cause, motivo, razón, causa, причина, powód, przyczyna, 이유, 사유",
    "rate": "exchange rate, fx, fx rate, tasa, tipo de cambio, cambio, курс, kurs, 환율",
    "share": "margin, gross margin, percent, margen, маржа, доля, marża, udział, 비율, 마진",
    "note": "notes, comment, comments, remark, remarks, description, details, summary, nota, "
    "notas, comentario, observaciones, заметка, примечание, комментарий, описание, notatka, "
    "uwagi, komentarz, opis, 메모, 비고, 설명",
    "job_title": "title, position, role, job, puesto, cargo, должность, stanowisko, 직함, 직책",
    "phone": "telephone, tel, mobile, cell, phone number, teléfono, móvil, телефон, моб, "
    "telefon, komórka, numer telefonu, 전화, 전화번호, 휴대폰",
    "decides": "decision maker, decider, dm, decide, decisor, лпр, принимает решения, "
    "decydent, decydująca, 의사결정자, 결정권자",
    "left_on": "left, gone, left date, se fue, baja, ушел, ушёл, дата ухода, odszedł, "
    "odejście, 퇴사일",
    "happened_at": "date, when, time, timestamp, date and time, contacted, contact date, "
    "last contact, fecha, fecha y hora, cuándo, дата, когда, дата и время, дата контакта, data, "
    "kiedy, data kontaktu, 일시, 날짜, 연락일",
    "channel": "type, medium, via, how, kind, canal, medio, tipo, канал, тип, способ, kanał, "
    "typ, rodzaj, 채널, 유형",
    "direction": "in or out, who wrote, dirección, sentido, направление, kierunek, 방향",
    "automatic": "auto, automated, automático, автоматически, авто, automatyczny, 자동",
    "unit": "measure, unit of measure, unidad, единица, ед изм, jednostka, 단위",
    "baseline": "start value, from value, base, now, initial, línea base, valor inicial, база, "
    "начальное значение, исходное, wartość początkowa, baza, 기준값, 시작값",
    "target": "goal value, to value, aim, objetivo, meta, valor objetivo, цель, план, "
    "целевое значение, cel, wartość docelowa, 목표, 목표값",
    "matters_most": "main, most important, primary, north star, principal, главная, основная, "
    "główny, najważniejszy, 핵심, 주요",
    "agreed_by": "agreed with, owner, acordado por, согласовал, uzgodnił, 합의자",
    "goal": "goal name, kpi, metric, objetivo, meta, цель, показатель, cel, wskaźnik, 목표",
    "read_on": "date, day, measured, measured on, fecha, дата, день, data, dzień, 날짜, 측정일",
    "value": "reading, result, number, actual, valor, resultado, значение, факт, результат, "
    "wartość, wynik, 값, 결과",
    "week_starts_on": "week, monday, week of, week start, week starting, semana, lunes, неделя, "
    "понедельник, начало недели, tydzień, poniedziałek, 주, 월요일, 주 시작일",
    "color": "colour, light, traffic light, status, rag, color del semáforo, semáforo, цвет, "
    "светофор, kolor, światło, 색, 색상, 신호등",
    "marked_at": "marked, marked on, when, marcado, отмечено, когда отмечено, oznaczono, 표시일",
    "wave": "round, survey, survey name, ronda, encuesta, волна, опрос, runda, ankieta, "
    "회차, 설문",
    "kind": "type, category, tipo, categoría, тип, вид, категория, typ, rodzaj, kategoria, "
    "유형, 종류",
    "person": "contact, contact name, respondent, name, contacto, persona, encuestado, контакт, "
    "контактное лицо, респондент, kontakt, osoba, respondent, 담당자, 응답자",
    "sent_on": "sent, asked, asked on, date sent, invited, enviado, fecha de envío, отправлено, "
    "дата отправки, wysłano, data wysłania, 발송일",
    "answered_on": "answered, date answered, response date, replied, respondido, "
    "fecha de respuesta, ответ, дата ответа, отвечено, odpowiedź, data odpowiedzi, 응답일",
    "score": "rating, grade, nps, points, mark, puntuación, nota, calificación, оценка, балл, "
    "ocena, punkty, wynik, 점수, 평점",
    "comment": "comments, why, feedback, verbatim, comentario, opinión, комментарий, отзыв, "
    "komentarz, opinia, 의견, 코멘트",
    "question": "aspect, item, pregunta, вопрос, аспект, pytanie, 질문, 문항",
    "weight": "importance, peso, importancia, вес, важность, waga, 가중치",
    "highest": "max, maximum, scale, out of, máximo, escala, максимум, шкала, maksimum, skala, "
    "최댓값, 만점",
    "offered_from": "from, start, since, offered since, desde, с, начало, od, 제공 시작일",
    "offered_until": "until, end, to, hasta, по, конец, do, 제공 종료일",
    "spent_on": "date, day, spent, booked, fecha, gastado el, дата, дата расхода, data, "
    "data wydatku, 날짜, 지출일",
    "hours": "time, hrs, h, hours spent, horas, часы, время, godziny, czas, 시간",
    "number": "invoice, invoice number, invoice no, no, número, número de factura, factura, "
    "номер, номер счета, счёт, numer, numer faktury, faktura, 번호, 청구서 번호",
    "issued_on": "issued, issue date, invoice date, date, emitida, fecha de emisión, "
    "дата счета, дата выставления, выставлен, data wystawienia, wystawiono, 발행일",
    "due_on": "due, due date, payable, deadline, vencimiento, fecha de vencimiento, "
    "срок оплаты, оплатить до, termin płatności, termin, 만기일, 지급 기한",
    "paid_on": "paid, paid date, payment date, pagada, fecha de pago, оплачен, дата оплаты, "
    "zapłacono, data zapłaty, data płatności, 결제일, 입금일",
    "refused_on": "date, refused, lost on, lost, rechazado, fecha, дата отказа, отказ, "
    "data odmowy, odmowa, 거절일",
    "brand": "brand appeal, marca, бренд, marka, 브랜드",
    "capacity": "potential, budget potential, capacidad, потенциал, potencjał, 잠재력, 여력",
    "pitch": "pitch success, chance, presentación, питч, шанс, szansa, oferta, 제안, 피치",
    "salesperson": "seller, sales, sold by, owner, vendedor, comercial, продавец, продажник, "
    "sprzedawca, handlowiec, 영업 담당자, 영업",
    "remind_on": "remind, reminder, next date, follow up, recordar, recordatorio, напомнить, "
    "напоминание, przypomnij, przypomnienie, 알림일",
    "reopened_on": "reopened, reopen, reabierto, возобновлен, wznowiono, 재개일",
    "code": "segment, rcm, rcm code, código, segmento, код, сегмент, kod, 코드, 세그먼트",
    "rule": "how, rules, instruction, regla, правило, zasada, reguła, 규칙",
    "happened_on": "date, when, day, fecha, дата, когда, data, kiedy, 날짜",
    "title": "change, what, name, título, cambio, название, изменение, tytuł, zmiana, 제목",
    "manager": "account manager, am, owner, responsible, gestor, responsable, менеджер, "
    "ответственный, opiekun, menedżer, 담당자, 매니저",
    "text": "goal, task, what, promise, weekly goal, objetivo, texto, tarea, цель, задача, "
    "текст, cel, zadanie, treść, 목표, 할 일, 내용",
    "committed_at": "committed, promised, promised at, prometido, обещано, obiecano, 약속일",
    "unplanned": "extra, not planned, no planificado, внепланово, сверх плана, "
    "nieplanowane, 계획 외",
    "client_goal": "90 day goal, goal, kpi, objetivo de 90 días, цель на 90 дней, "
    "cel 90 dniowy, 90일 목표",
    "closed_at": "closed, done at, finished, cerrado, закрыто, завершено, zamknięto, 마감일",
    "outcome": "result, status, verdict, resultado, итог, результат, исход, wynik, rezultat, 결과",
    "metric": "kpi, measure, what moves, métrica, indicador, метрика, показатель, metryka, "
    "wskaźnik, 지표",
    "threshold": "limit, minimum, umbral, порог, próg, 임계값",
    "window_days": "days, window, días, ventana, дней, окно, dni, okno, 일수",
    "arms": "variants, versions, variantes, варианты, warianty, 변형, 안",
    "designer": "design, cro, diseñador, дизайнер, projektant, 디자이너",
    "alpha": "significance, significance level, significancia, уровень значимости, "
    "poziom istotności, 유의수준",
    "power": "statistical power, potencia, мощность, moc, 검정력",
    "baseline_rate": "conversion rate, cr, base rate, tasa base, конверсия, базовая конверсия, "
    "konwersja, 전환율, 기준 전환율",
    "smallest_lift": "mde, lift, minimum effect, efecto mínimo, минимальный эффект, "
    "minimalny efekt, 최소 효과",
    "planned_per_arm": "sample, sample size, n, per arm, muestra, выборка, размер выборки, "
    "próba, wielkość próby, 표본, 표본 크기",
    "page": "url, address, landing page, link, página, страница, адрес, strona, adres, "
    "페이지, 주소",
    "hypothesis": "idea, why, hipótesis, гипотеза, hipoteza, 가설",
    "experiment": "test, ab test, experimento, prueba, эксперимент, тест, eksperyment, 실험",
    "arm": "variant, version, variante, вариант, wariant, 변형, 안",
    "visitors": "users, sessions, traffic, n, visitantes, usuarios, посетители, пользователи, "
    "odwiedzający, użytkownicy, 방문자",
    "conversions": "converted, orders, leads, forms, conversiones, конверсии, заявки, konwersje, "
    "전환, 전환수",
}  # fmt: skip

OF_KIND: dict[str, dict[str, str]] = {
    "clients": {
        "name": "client, client name, customer, company, company name, account name, brand, "
        "cliente, empresa, nombre del cliente, клиент, компания, название компании, klient, "
        "firma, nazwa klienta, nazwa firmy, 고객, 고객사, 회사명, 고객명",
        "external_id": "client id, client code, client number, id cliente, код клиента, "
        "id клиента, id klienta, kod klienta, numer klienta, 고객 번호, 고객 코드",
    },
    "staff": {
        "name": "employee, person, staff, member, empleado, persona, сотрудник, pracownik, "
        "osoba, 직원",
        "started_on": "hired, joined, дата приема, data zatrudnienia, contratado",
        "ended_on": "left, fired, дата увольнения, data odejścia, baja",
    },
    "pods": {"name": "pod, team, team name, equipo, команда, zespół, nazwa zespołu, 팀, 팀 이름"},
    "departments": {"name": "department, departamento, отдел, dział, 부서"},
    "contacts": {"name": "contact, person, contacto, persona, контакт, контактное лицо, "
                 "osoba, kontakt, 연락처, 담당자"},
    "client_goals": {"name": "goal, kpi, metric, objetivo, цель, показатель, cel, 목표"},
    "services": {"name": "service, servicio, услуга, usługa, 서비스"},
    "tactics": {"name": "tactic, idea, táctica, тактика, идея, taktyka, 전술"},
    "experiments": {"name": "experiment, test, test name, experimento, эксперимент, тест, "
                    "eksperyment, 실험"},
}  # fmt: skip
