/// What programs that write mail, and people who sign it, put around a text, by language. Data only: a phrase a piece,
/// `|` between them, a row a language or two, in the order en de fr es it pt nl sv da/no fi pl cs hu ro ru uk el tr ar
/// he zh ja ko th vi where a list has them all.
final class OwnWords: Sendable {
    /// Each text unpacks it once.
    static let shared = OwnWords()

    /// Say that somebody wrote; `attributions` decides what that is worth.
    let wrote = PhraseTable([
        "wrote|writes|schrieb|a écrit|écrivait|escribió|ha scritto|scrisse|escreveu|schreef|skrev|kirjoitti",
        "napisał|napisała|pisze|napsal|napsala|írta|a scris|пишет|писал|писала|написал|написала|пише|написав|έγραψε|yazdı",
        "yazmış|كتب|كتبت|كتابة|כתב|כתבה|מאת|写道|寫道|写到|のメール|書きました|작성|썼습니다|เขียนว่า|เขียน|đã viết|viết",
    ])

    /// Begin the line that says when somebody wrote, a blank behind them. Beside them stand figures.
    let attributionStarts = PhraseTable([
        "on |am |le |el |il |em |a |op |den |på |ke |ma |ti |to |w dniu |dnia |dne |στις |la |în data |vào |tarihinde ",
        "в |ср, |вт, |пн, |пт, |чт, |сб, |вс, |нд, |в письме от |mon|tue|wed|thu|fri|sat|sun|lun|mar|mer|jeu|ven|sam|dim",
        "mié|jue|vie|sáb|dom|gio|sab|mon.|fre|lör|sön|lør|søn|tir|ons|tor|man|pon|wt.|śr|czw|pt.|sob|niedz|út|st |čt|pá|so ",
        "ne |po |pe |ke |su |la |hétf|kedd|szer|csüt|pén|szo|vas|في |בתאריך |ב-|在 |ในวันที่ |เมื่อ |이 ",
    ])

    private static let senderNames =
        "from|von|de|da|van|från|fra|lähettäjä|od|feladó|de la|от|від|από|kimden|gönderen|من|מאת|发件人|寄件者"
        + "|寄件人|差出人|送信者|보낸 사람|보낸사람|จาก|từ|expéditeur|remitente|mittente|remetente|afzender|avsändare"
        + "|отправитель|отправлено от|发送者"

    /// Of the header that names the sender; each header block has it.
    let senders = PhraseTable(kinds: [(.from, senderNames)])

    /// Of the header block above a quoted text.
    let headers = PhraseTable(
        kinds: [
            (.from, senderNames),
            (
                .date,
                "sent|date|gesendet|datum|envoyé|envoyé le|enviado|enviado el|fecha|inviato|data|enviada|enviada em"
                    + "|enviado em|verzonden|skickat|sendt|dato|lähetetty|päivämäärä|päiväys|wysłano|wysłane|odesláno|elküldve"
                    + "|dátum|trimis|отправлено|дата|надіслано|στάλθηκε|ημερομηνία|gönderme tarihi|gönderildi|tarih"
                    + "|تاريخ الإرسال|التاريخ|נשלח|תאריך|发送时间|日期|寄件日期|傳送時間|送信日時|日付|日時|보낸 날짜|날짜|ส่ง|วันที่|đã gửi|ngày|sent at"
            ),
            (
                .to,
                "to|an|à|para|a|aan|till|til|vastaanottaja|do|komu|címzett|către|кому|προς|kime|إلى|אל|收件人|收件者|宛先"
                    + "|받는 사람|받는사람|ถึง|tới|đến|destinataire|destinatario|cc|kopie|copie|копия|копія|kopia|kopi|抄送|副本"
                    + "|참조|κοιν|bilgi|نسخة|עותק|สำเนา|reply-to|bcc|attachments|anlagen|importance|pièces jointes"
            ),
            (
                .subject,
                "subject|betreff|objet|asunto|oggetto|assunto|onderwerp|ämne|emne|aihe|temat|předmět|tárgy|subiect|тема"
                    + "|θέμα|konu|الموضوع|נושא|主题|主題|主旨|件名|제목|เรื่อง|ชื่อเรื่อง|chủ đề|sujet|re"
            ),
        ])

    /// Stand between dashes above a quoted or forwarded text.
    let separators = PhraseTable([
        "original message|original appointment|forwarded message|forwarded by|reply message|begin forwarded message",
        "ursprüngliche nachricht|original-nachricht|originalnachricht|ursprünglicher termin|weitergeleitete nachricht",
        "message d'origine|message d’origine|message original|message initial|message transféré|message transmis",
        "mensaje original|mensaje reenviado|messaggio originale|messaggio inoltrato|messaggio originario",
        "mensagem original|mensagem encaminhada|mensagem reencaminhada|oorspronkelijk bericht|oorspronkelijke e-mail",
        "doorgestuurd bericht|ursprungligt meddelande|originalmeddelande|vidarebefordrat meddelande",
        "oprindelig meddelelse|oprindelig besked|opprinnelig melding|videresendt meddelelse|videresendt melding",
        "alkuperäinen viesti|välitetty viesti|edelleenlähetetty viesti|wiadomość oryginalna|oryginalna wiadomość",
        "treść oryginalnej wiadomości|przekazana wiadomość|forwarded message|původní zpráva|původní e-mail",
        "přeposlaná zpráva|eredeti üzenet|továbbított üzenet|mesaj original|mesajul original|mesaj redirecționat",
        "исходное сообщение|оригинальное сообщение|пересылаемое сообщение|пересланное сообщение|переадресованное",
        "вихідне повідомлення|оригінальне повідомлення|переслане повідомлення|αρχικό μήνυμα|προωθημένο μήνυμα",
        "orijinal mesaj|özgün ileti|iletilen mesaj|yönlendirilmiş ileti|الرسالة الأصلية|رسالة معاد توجيهها|הודעה מקורית",
        "הודעה שהועברה|原始邮件|邮件原件|转发邮件|转发的邮件|原始郵件|原始訊息|轉寄郵件|元のメッセージ|元のメール|転送メッセージ|転送されたメッセージ",
        "원본 메시지|원본 메일|전달된 메시지|ข้อความต้นฉบับ|ข้อความที่ส่งต่อ|thư gốc|tin nhắn gốc|thư đã chuyển tiếp",
    ])

    /// Whole lines with a colon behind them that do the same without dashes.
    let forwards = PhraseTable([
        "begin forwarded message|anfang der weitergeleiteten nachricht|anfang der weitergeleiteten e-mail",
        "début du message réexpédié|début du message transféré|inicio del mensaje reenviado|inizio messaggio inoltrato",
        "início da mensagem reencaminhada|início da mensagem encaminhada|begin doorgestuurd bericht",
        "vidarebefordrat brev|videresendt meddelelse|välitetty viesti alkaa|początek przekazywanej wiadomości",
        "начало переадресованного сообщения|початок переадресованого повідомлення|下面是被转发的邮件|以下為轉寄的郵件",
        "転送されたメッセージ|아래는 전달된 메시지",
    ])

    /// Take leave, a line of their own.
    let closings = PhraseTable([
        "regards|best regards|kind regards|kindest regards|warm regards|warmest regards|with best regards|rgds|br|kr",
        "with kind regards|best wishes|with best wishes|all the best|best|cheers|sincerely|sincerely yours|very truly yours",
        "yours sincerely|yours faithfully|yours truly|respectfully|cordially|thanks|thanks again|thanks a lot|thx",
        "thanks in advance|many thanks|thank you|thank you very much|thank you in advance|thanks so much|thank you so much",
        "mit freundlichen grüßen|mit freundlichen grüssen|mit freundlichem gruß|mit besten grüßen|mit besten grüssen",
        "freundliche grüße|freundliche grüsse|viele grüße|viele grüsse|beste grüße|beste grüsse|liebe grüße|schöne grüße",
        "herzliche grüße|herzliche grüsse|mfg|vg|lg|gruß|gruss|grüße|danke|vielen dank|hochachtungsvoll|besten dank",
        "cordialement|bien cordialement|très cordialement|bien à vous|merci|merci d'avance|merci d’avance|salutations",
        "meilleures salutations|sincères salutations|bonne journée|merci beaucoup|cdlt|saludos|saludos cordiales|un saludo",
        "un cordial saludo|atentamente|atte|gracias|muchas gracias|cordialmente|un abrazo|cordiali saluti|distinti saluti",
        "saluti|un saluto|un cordiale saluto|grazie|grazie mille|buona giornata|atenciosamente|cumprimentos|obrigado|obrigada",
        "melhores cumprimentos|com os melhores cumprimentos|abraços|abraço|met vriendelijke groet|met vriendelijke groeten",
        "vriendelijke groet|vriendelijke groeten|hartelijke groet|groet|groeten|mvg|bedankt|alvast bedankt|hoogachtend",
        "med vänliga hälsningar|med vänlig hälsning|vänliga hälsningar|vänlig hälsning|hälsningar|mvh|tack|tack på förhand",
        "med venlig hilsen|med vennlig hilsen|venlig hilsen|vennlig hilsen|hilsen|vh|på forhånd tak|tak|takk|med hilsen",
        "ystävällisin terveisin|parhain terveisin|terveisin|terv|kiitos|kiitos etukäteen|pozdrawiam|z poważaniem|dziękuję",
        "serdecznie pozdrawiam|pozdrowienia|z wyrazami szacunku|s pozdravem|děkuji|díky|s úctou|hezký den|pěkný den",
        "üdvözlettel|tisztelettel|üdv|köszönöm|köszönettel|cu stimă|cu respect|mulțumesc|mulţumesc|o zi bună|toate cele bune",
        "с уважением|с наилучшими пожеланиями|спасибо|всего доброго|заранее спасибо|с наилучшими|благодарю|з повагою",
        "з найкращими побажаннями|дякую|щиро дякую|με εκτίμηση|ευχαριστώ|φιλικά|με φιλικούς χαιρετισμούς|σας ευχαριστώ",
        "saygılarımla|saygılarımızla|iyi çalışmalar|teşekkürler|selamlar|sevgiler|مع التحية|مع خالص التحية",
        "تحياتي|شكرا|شكراً|مع أطيب التحيات|وتفضلوا بقبول فائق الاحترام|בברכה|תודה|תודה רבה|בכבוד רב|此致|敬礼|敬禮|祝好",
        "谢谢|謝謝|顺祝商祺|順頌商祺|祝商祺|敬上|此致敬礼|敬具|以上|감사합니다|고맙습니다|ขอแสดงความนับถือ|ขอบคุณครับ|ขอบคุณค่ะ|ขอบคุณ|ด้วยความเคารพ",
        "trân trọng|trân trọng cảm ơn|cảm ơn|thân mến|xin cảm ơn|kính thư",
    ])

    /// Take leave at the end of a short line.
    let closingEnds = PhraseTable([
        "よろしくお願いします|よろしくお願いいたします|よろしくお願い致します|宜しくお願いします|宜しくお願いいたします|宜しくお願い致します",
        "よろしくお願い申し上げます|드림|올림|배상",
    ])

    /// Join two of them.
    let connectors = PhraseTable(["and |& |und |et |y |e |og |och |en |i |a |и |та |és |și |και |ve "])

    /// Begin what a device adds.
    let sentFrom = PhraseTable([
        "sent from |sent via |sent with |sent using |get outlook for |from my |gesendet von |von meinem |gesendet mit ",
        "envoyé de mon |envoyé depuis |envoyé à partir de |télécharger outlook |enviado desde |enviado do |enviado de |obtener ",
        "enviada do |enviado a partir |inviato da |inviato dal |obter o outlook |verstuurd vanaf |verzonden vanaf |verzonden met ",
        "skickat från |skickades från |sendt fra |lähetetty |wysłane z |wysłano z |odesláno z |trimis de pe |trimis din ",
        "отправлено с |отправлено из |надіслано з |відправлено з |στάλθηκε από |εστάλη από |أرسلت من |أُرسلت من |تم الإرسال من ",
        "נשלח מה|נשלח מ|发自我的|發自我的|发自|從我的 |從我的|获取 outlook|取得 outlook|ส่งจาก|đã gửi từ |gửi từ ",
        "outlook für |holen sie sich outlook|via mobile",
    ])

    /// Name a device; one of `sentEnds` stands at the end of such a line.
    let devices = PhraseTable(["iphone|ipad|android|galaxy|outlook|blackberry|samsung|mobile|handy|huawei|xiaomi"])
    let sentEnds = PhraseTable(["gesendet|gönderildi|küldve|から送信|傳送|传送|보냄|보냈습니다|발송|sent"])
}
