public import TailracePipeline

/// Names under which programs act, and programs that write with people, whatever the log.
///
/// A configuration's own `origins` go before these.
private let originsText = #"""
    origins:
      - origin: automated
        actors:
          # Apps and robots
          - "*[bot]"
          - "*-bot"
          - "*_bot"
          - "bot-*"
          - "robot@*"
          - "bot@*"
          - "automation@*"
          - "automation-*"
          # Mails that nobody can answer
          - "noreply*@*"
          - "no-reply*@*"
          - "no_reply*@*"
          - "*-noreply@*"
          - "*-no-reply@*"
          - "do-not-reply*@*"
          - "donotreply*@*"
          - "mailer-daemon*"
          - "postmaster@*"
          - "bounce*@*"
          - "notification@*"
          - "notifications@*"
          - "notify@*"
          - "alert@*"
          - "alerts@*"
          - "newsletter@*"
          - "cron@*"
          - "daemon@*"
          - "root@*"
          - "www-data@*"
          # Accounts of services and machines
          - "svc-*"
          - "svc_*"
          - "svc.*"
          - "*-svc"
          - "service-account*"
          - "serviceaccount*"
          - "*.gserviceaccount.com"
          - "app@sharepoint"
          - 'sharepoint\system'
          - 'nt authority\system'
          - "s-1-5-18"
          - "serviceprincipal_*"
          - "system"
          - "system@*"
          - "*$"
        agents:
          # Senders by the thousand
          - "phpmailer*"
          - "swiftmailer*"
          - "symfony mailer*"
          - "nodemailer*"
          - "*mailchimp*"
          - "*mandrill*"
          - "*sendgrid*"
          - "*mailgun*"
          - "*sparkpost*"
          - "*hubspot*"
          - "*marketo*"
          - "*pardot*"
          - "*eloqua*"
          - "*cleverreach*"
          - "*campaign monitor*"
          # Auto-Submitted (RFC 3834)
          - "auto-generated*"
          - "auto-replied*"
          - "auto-notified*"
          # Fetchers and watchers
          - "*bot/*"
          - "*bot;*"
          - "*bot)*"
          - "*crawler*"
          - "*spider*"
          - "curl/*"
          - "wget/*"
          - "python-*"
          - "python/*"
          - "go-http-client/*"
          - "java/*"
          - "okhttp/*"
          - "apache-httpclient/*"
          - "axios/*"
          - "node-fetch/*"
          - "postmanruntime/*"
          - "libwww-perl/*"
          - "kube-probe/*"
          - "*healthcheck*"
          - "*uptime*"
          - "*monitoring*"
          - "*pingdom*"
          - "power automate*"
          - "*azure-logic-apps*"
      - origin: assisted
        agents:
          - "*copilot*"
          - "*gemini*"
          - "*duet ai*"
          - "*chatgpt*"
          - "*openai*"
          - "*claude*"
          - "*grammarly*"
    """#

extension OriginRules {
    /// The rules that the program brings along.
    public static let shipped = OriginRules(shippedRules)

    /// Of these a configuration's own go first.
    static let shippedRules: [Rule] = {
        var problems = ProblemList(file: "origins (shipped)")
        let root = YAMLTree.read(Array(originsText.utf8), problems: &problems)
        let section = Section(root, "the origins", keys: ["origins"], problems: &problems)
        let rules = readOrigins(section["origins"], problems: &problems)
        precondition(!problems.hasErrors, "\(problems.sorted)")
        return rules
    }()

    /// A list of origins, each with the actors and agents that tell it.
    static func readOrigins(_ node: YAMLNode?, problems: inout ProblemList) -> [Rule] {
        var rules: [Rule] = []
        for item in node?.items("origins", problems: &problems) ?? [] {
            let section = Section(item, "an origin", keys: ["origin", "actors", "agents"], problems: &problems)
            let word = section.needed("origin", "an origin", mend: "write `origin: automated`", problems: &problems)
            let origin = word?.word("origin", as: OriginWord.self, problems: &problems)?.origin ?? .unknown
            let actors = section["actors"]?.names("actors", problems: &problems) ?? []
            let agents = section["agents"]?.names("agents", problems: &problems) ?? []
            if actors.isEmpty, agents.isEmpty {
                problems.error(
                    item.place, "an origin names no actors and no agents", mend: "write `actors: [\"svc-*\"]`")
            }
            rules.append(Rule(origin: origin, actors: actors, agents: agents))
        }
        return rules
    }

    private enum OriginWord: String, CaseIterable {
        case human, assisted, automated

        var origin: Origin {
            switch self {
            case .human: .human
            case .assisted: .assisted
            case .automated: .automated
            }
        }
    }
}
