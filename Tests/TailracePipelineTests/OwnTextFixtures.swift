/// Lines as mail programs and people write them, made up for these tests.
enum OwnTextFixtures {
    static let attributions = [
        "On Mon, May 6, 2024 at 10:12 AM Jane Doe <jane@example.org> wrote:",
        "On May 6, 2024, at 10:12 AM, Jane Doe wrote:", "On 06/05/2024 10:12, Jane Doe wrote:",
        "On Mon, 2024-05-06 at 10:12 +0200, Jane Doe wrote:", "On Mon, May 6, 2024 at 10:12 AM\nJane Doe wrote:",
        "Am 06.05.2024 um 10:12 schrieb Jane Doe:", "Am Mo., 6. Mai 2024 um 10:12 Uhr schrieb Jane <jane@example.org>:",
        "Le lun. 6 mai 2024 à 10:12, Jane Doe <jane@example.org> a écrit :",
        "Le 06/05/2024 à 10:12, Jane Doe a écrit\u{A0}:",
        "El lun, 6 may 2024 a las 10:12, Jane Doe (<jane@example.org>) escribió:",
        "El 06/05/2024 a las 10:12, Jane escribió:",
        "Il giorno lun 6 mag 2024 alle ore 10:12 Jane Doe <jane@example.org> ha scritto:",
        "Il 06/05/2024 10:12, Jane Doe ha scritto:",
        "Em seg., 6 de mai. de 2024 às 10:12, Jane Doe <jane@example.org> escreveu:",
        "Op ma 6 mei 2024 om 10:12 schreef Jane Doe <jane@example.org>:", "Op 06-05-2024 om 10:12 schreef Jane Doe:",
        "Den mån 6 maj 2024 kl 10:12 skrev Jane Doe <jane@example.org>:", "Den 2024-05-06 kl. 10:12, skrev Jane Doe:",
        "Den man. 6. maj 2024 kl. 10.12 skrev Jane Doe <jane@example.org>:",
        "man. 6. mai 2024 kl. 10:12 skrev Jane Doe <jane@example.org>:",
        "ma 6. toukok. 2024 klo 10.12 Jane Doe (jane@example.org) kirjoitti:", "Jane Doe kirjoitti 6.5.2024 klo 10:12:",
        "pon., 6 maj 2024 o 10:12 Jane Doe <jane@example.org> napisał(a):",
        "W dniu 06.05.2024 o 10:12, Jane Doe pisze:",
        "po 6. 5. 2024 v 10:12 odesílatel Jane Doe <jane@example.org> napsal:",
        "Dne 06. 05. 24 v 10:12 Jane Doe napsal(a):",
        "Jane Doe <jane@example.org> ezt írta (időpont: 2024. máj. 6., H, 10:12):",
        "În lun., 6 mai 2024 la 10:12, Jane Doe <jane@example.org> a scris:",
        "пн, 6 мая 2024 г. в 10:12, Jane Doe <jane@example.org>:", "06.05.2024 10:12, Jane Doe пишет:",
        "6 мая 2024 г. в 10:12 пользователь Jane Doe <jane@example.org> написал:",
        "пн, 6 трав. 2024 р. о 10:12 Jane Doe <jane@example.org> пише:",
        "Στις Δευ 6 Μαΐ 2024 στις 10:12 π.μ., ο χρήστης Jane Doe <jane@example.org> έγραψε:",
        "Jane Doe <jane@example.org>, 6 May 2024 Pzt, 10:12 tarihinde şunu yazdı:",
        "في الاثنين، 6 مايو 2024 في 10:12 ص تمت كتابة ما يلي بواسطة Jane Doe <jane@example.org>:",
        "\u{202B}בתאריך יום ב׳, 6 במאי 2024 ב-10:12 מאת \u{202A}Jane Doe\u{202C}\u{200F} <\u{202A}jane@example.org\u{202C}\u{200F}>:\u{202C}",
        "Jane Doe <jane@example.org> 于2024年5月6日周一 10:12写道：", "Jane Doe <jane@example.org> 於 2024年5月6日 週一 上午10:12寫道：",
        "在 2024年5月6日，10:12，Jane Doe <jane@example.org> 写道：", "2024年5月6日(月) 10:12 Jane Doe <jane@example.org>:",
        "2024/05/06 10:12、Jane Doe <jane@example.org>のメール:",
        "2024년 5월 6일 (월) 오전 10:12, Jane Doe <jane@example.org>님이 작성:",
        "ในวันที่ จ. 6 พ.ค. 2024 เวลา 10:12 Jane Doe <jane@example.org> เขียนว่า:",
        "Vào Th 2, 6 thg 5, 2024 vào lúc 10:12 Jane Doe <jane@example.org> đã viết:",
    ]

    static let separators = [
        "-----Original Message-----", "----- Original Message -----", "-------- Original message --------",
        "---------- Forwarded message ---------", "---------- Forwarded message ----------\r",
        "Begin forwarded message:",
        "-----Ursprüngliche Nachricht-----", "-------- Weitergeleitete Nachricht --------",
        "-----Original-Nachricht-----",
        "Anfang der weitergeleiteten Nachricht:", "-----Message d'origine-----", "-------- Message transféré --------",
        "Début du message réexpédié\u{A0}:", "-----Mensaje original-----", "---------- Mensaje reenviado ---------",
        "-----Messaggio originale-----", "-----Mensagem original-----", "-----Oorspronkelijk bericht-----",
        "-----Ursprungligt meddelande-----", "-----Oprindelig meddelelse-----", "-----Opprinnelig melding-----",
        "-----Alkuperäinen viesti-----", "-----Wiadomość oryginalna-----", "-----Původní zpráva-----",
        "-----Eredeti üzenet-----", "-----Mesaj original-----", "-----Исходное сообщение-----",
        "-------- Пересылаемое сообщение --------", "-----ИСХОДНОЕ СООБЩЕНИЕ-----", "-----Вихідне повідомлення-----",
        "-----Αρχικό μήνυμα-----", "-----Orijinal Mesaj-----", "-----الرسالة الأصلية-----", "-----הודעה מקורית-----",
        "-----邮件原件-----", "------------------ 原始邮件 ------------------", "-----元のメッセージ-----", "-----원본 메시지-----",
        "-----Thư gốc-----", "---- On Mon, 06 May 2024 10:12:00 +0200 Jane <jane@example.org> wrote ----",
    ]

    static let headers = [
        "From: Jane Doe <jane@example.org>\nSent: Monday, May 6, 2024 10:12 AM\nTo: Joe\nSubject: Parts",
        "*From:* Jane Doe\n*Sent:* Monday, May 6, 2024 10:12 AM\n*To:* Joe\n*Subject:* Parts",
        "From: Jane Doe\r\nDate: Monday\r\nTo: Joe\r\nCc: Jim,\r\n Jill\r\nSubject: Parts\r",
        "Von: Jane Doe\nGesendet: Montag, 6. Mai 2024 10:12\nAn: Joe\nBetreff: Teile",
        "De : Jane Doe\nEnvoyé : lundi 6 mai 2024 10:12\nÀ : Joe\nObjet : Pièces",
        "De\u{A0}: Jane Doe\nDate\u{A0}: lundi 6 mai 2024\nÀ\u{A0}: Joe\nObjet\u{A0}: Pièces",
        "De: Jane Doe\nEnviado el: lunes, 6 de mayo de 2024 10:12\nPara: Joe\nAsunto: Piezas",
        "Da: Jane Doe\nInviato: lunedì 6 maggio 2024 10:12\nA: Joe\nOggetto: Pezzi",
        "De: Jane Doe\nEnviada em: segunda-feira, 6 de maio de 2024\nPara: Joe\nAssunto: Peças",
        "Van: Jane Doe\nVerzonden: maandag 6 mei 2024 10:12\nAan: Joe\nOnderwerp: Onderdelen",
        "Från: Jane Doe\nSkickat: den 6 maj 2024 10:12\nTill: Joe\nÄmne: Delar",
        "Fra: Jane Doe\nSendt: 6. maj 2024 10:12\nTil: Joe\nEmne: Dele",
        "Lähettäjä: Jane Doe\nLähetetty: 6. toukokuuta 2024\nVastaanottaja: Joe\nAihe: Osat",
        "Od: Jane Doe\nWysłano: poniedziałek, 6 maja 2024\nDo: Joe\nTemat: Części",
        "Od: Jane Doe\nOdesláno: pondělí 6. května 2024\nKomu: Joe\nPředmět: Díly",
        "Feladó: Jane Doe\nElküldve: 2024. május 6.\nCímzett: Joe\nTárgy: Alkatrészek",
        "De la: Jane Doe\nTrimis: luni, 6 mai 2024\nCătre: Joe\nSubiect: Piese",
        "От: Jane Doe\nОтправлено: 6 мая 2024 г. 10:12\nКому: Joe\nТема: Детали",
        "Від: Jane Doe\nНадіслано: 6 травня 2024 р.\nКому: Joe\nТема: Деталі",
        "Από: Jane Doe\nΣτάλθηκε: 6 Μαΐου 2024\nΠρος: Joe\nΘέμα: Μέρη",
        "Kimden: Jane Doe\nGönderildi: 6 Mayıs 2024\nKime: Joe\nKonu: Parçalar",
        "من: Jane Doe\nتاريخ الإرسال: 6 مايو 2024\nإلى: Joe\nالموضوع: قطع",
        "מאת: Jane Doe\nנשלח: 6 במאי 2024\nאל: Joe\nנושא: חלקים",
        "发件人: Jane Doe\n发送时间: 2024年5月6日 10:12\n收件人: Joe\n主题: 零件", "发件人：Jane Doe\n日期：2024年5月6日\n收件人：Joe\n主题：零件",
        "差出人: Jane Doe\n送信日時: 2024年5月6日 10:12\n宛先: Joe\n件名: 部品",
        "보낸 사람: Jane Doe\n보낸 날짜: 2024년 5월 6일\n받는 사람: Joe\n제목: 부품",
        "จาก: Jane Doe\nส่ง: 6 พฤษภาคม 2024\nถึง: Joe\nเรื่อง: ชิ้นส่วน",
        "Từ: Jane Doe\nĐã gửi: 6 tháng 5, 2024\nĐến: Joe\nChủ đề: Bộ phận",
    ]

    static let closings = [
        "Best regards,", "BEST REGARDS", "Thanks,", "Thanks and best regards,", "Many thanks", "*Kind regards*",
        "Cheers!",
        "Mit freundlichen Grüßen", "Viele Grüße,", "Cordialement,", "Bien à vous,", "Saludos cordiales,",
        "Cordiali saluti",
        "Atenciosamente,", "Met vriendelijke groet,", "Med vänliga hälsningar", "Mvh", "Med venlig hilsen",
        "Med vennlig hilsen",
        "Ystävällisin terveisin", "Z poważaniem,", "Pozdrawiam", "S pozdravem", "Üdvözlettel,", "Cu stimă,",
        "С уважением,",
        "З повагою,", "Με εκτίμηση,", "Saygılarımla,", "مع التحية،", "בברכה,", "此致", "よろしくお願いいたします。", "以上、よろしくお願いします。",
        "감사합니다.", "ขอแสดงความนับถือ", "Trân trọng,",
    ]

    static let devices = [
        "Sent from my iPhone", "Sent from Yahoo Mail on Android", "Get Outlook for iOS<https://example.org/x>",
        "Von meinem iPhone gesendet", "Gesendet von Mail für Windows", "Envoyé de mon iPhone",
        "Enviado desde mi iPhone",
        "Inviato da iPhone", "Enviado do meu iPhone", "Verstuurd vanaf mijn iPhone", "Skickat från min iPhone",
        "Sendt fra min iPhone", "Lähetetty iPhonesta", "Wysłane z iPhone'a", "Odesláno z iPhonu",
        "Trimis de pe iPhone-ul meu",
        "Отправлено с iPhone", "Надіслано з iPhone", "Στάλθηκε από το iPhone μου", "iPhone'umdan gönderildi",
        "أرسلت من الـ iPhone",
        "נשלח מה-iPhone שלי", "发自我的iPhone", "從我的iPhone傳送", "iPhoneから送信", "나의 iPhone에서 보냄", "ส่งจาก iPhone ของฉัน",
        "Đã gửi từ iPhone của tôi", "Az iPhone készülékemről küldve",
    ]

    static let patch = """
        From: Jane Doe
        Mend the parts.

        ---
         parts.c | 3 ++-
         1 file changed, 2 insertions(+), 1 deletion(-)

        diff --git a/parts.c b/parts.c
        --- a/parts.c
        +++ b/parts.c
        @@ -1,3 +1,4 @@
         > a quote in the text
        -Best regards,
        +Kind regards,

        """

    static let allOwn = [
        // Code and logs.
        "Run it so:\n\n>>> import parts\n>>> parts.count()\n12\n",
        "<<<<<<< mine\na = 1\n=======\na = 2\n>>>>>>> theirs\n",
        "The difference:\n5c5\n< old\n---\n> new\n", "SQL> select 1 from dual;\n\n1\n", "PS> Get-Parts\nPS> Get-More\n",
        "| a | b |\n|---|---|\n| 1 | 2 |\n", "error: a borrow\n --> main.rs:4:5\n  |\n4 | let x = y;\n  | ^^^\n",
        "Create it:\n\n--\n-- Table of parts\n--\nCREATE TABLE parts (id INTEGER);\n",
        "2024-05-06 10:12:00 start\n2024-05-06 10:12:01 from: queue\n2024-05-06 10:12:02 end\n",
        "steps:\n  - build\n  - test\n---\nname: parts\n", "if (a) {\n    b();\n}\n\nreturn c;\n",
        // Lists.
        "We need:\n\n- bolts\n- nuts\n", "We need\n\n- Bolts\n- Nuts\n", "First.\n\n* one\n* two\n",
        "Order:\n\n1. bolts\n2. nuts\n",
        // Contents that end in what people look for.
        "Please read the page at:\n\nhttps://example.org/parts\n", "The new number of Jane is\n\n+1 555 123 4567\n",
        "Call me then.\nJane Doe is at +1 555 123 4567, ask her.\n\nShe knows all about it.\n",
        "Design\n\nDesign Notes\nhttps://example.org/a/b/c\n", "You can ask:\n\nJane Doe\njane@example.org\n",
        "Versions of it.\n\nRelease Notes\n2024-05-06 first one\n2024-06-07 second one\n",
        "Hosts.\n\nFirst Host\n10.20.30.40\n",
        "Thanks for the parts.\n\nWhen do the others come?\n", "Thanks\n\nAlso, when do the other parts come?\n",
        "It failed.\n\nThanks,\nJane\n\nPS: the second part failed as well, and the third.\n",
        "I am here.\n\nSent from my desk, which is far better than the telephone.\n",
        "The answer is Yes.\n\nBest\nresult was 12 of 20 parts in\nthe first run, which is fine.\n",
        "Hi Joe,\n\nOn 5 May 2024 at 10:12 you wrote:\n\nSend the parts.\n\nThey are sent.\n",
        "I saw it.\n\nOn 5 May 2024 at 10:12, Jane wrote:\n\n\n\nAnd this is my answer to what was here.\n",
        "2024-05-06 10:12:00 worker wrote 5 parts to:\n2024-05-06 10:12:01 worker wrote 6 parts to:\n",
        // From, wrote and separators in other senses.
        "From: Berlin\nTo: Hamburg\nDate: 6 May\n\nPlease book a seat.\n",
        "From there we went on.\nTo: nobody\nSubject: none\n",
        "Here is what I wrote:\n\nnothing at all.\n", "In part 3 he wrote:\n\nnothing at all.\n",
        "Two parts.\n\n-----\n\nThe second.\n",
        "Above.\n______________________________\nBelow it goes on, without an end.\n",
        "--- on top ---\nText\n--- below ---\nText\n",
    ]
}
