/// The words of the company. Short enough that no word alone fills a window of sixteen letters.
enum Vocabulary {
    static let nouns = words(
        """
        crane loader bracket ledger invoice tender harbour warehouse schedule margin deposit gearbox trailer contract
        forklift battery inverter turbine conveyor pallet axle clutch boiler valve filter hydraulic compressor
        manifold sensor spindle lathe drill anvil furnace kiln press cutter plough harvester tractor sprayer baler
        silo elevator scaffold pulley winch hoist beam girder rivet gasket bearing flange nozzle piston cylinder
        crankcase radiator tariff rebate premium coupon annuity residual collateral covenant guarantor lessee broker
        notary auditor surveyor adjuster dispatcher foreman welder plumber joiner mason glazier roofer painter carter
        smelter cooper tanner orchard meadow quarry canal ferry jetty viaduct tunnel depot siding platform junction
        signal turnstile barrier memo dossier annex appendix clause footnote glossary index preamble recital summary
        transcript survey ballot census forecast estimate budget outlay surplus deficit turnover payroll pension
        bonus stipend grant kitchen canteen lobby workshop foundry brewery bakery dairy cannery sawmill granary
        vineyard nursery hatchery lantern beacon compass sextant anchor rudder keel mast rigging cargo freight
        ballast manifest consignment parcel carton crate barrel drum canister cassette cartridge spool reel bobbin
        shuttle loom spinner dye fabric lining pump hose faucet cistern drain gutter culvert sluice weir reservoir
        aqueduct basin trough tank vat hopper chute ladder bench vice chisel mallet hammer wrench spanner pliers
        gauge caliper ruler template pattern mould casting panel switch fuse relay cable socket plug adapter charger
        module circuit antenna router scanner printer terminal calendar rota roster shift holiday absence vacancy
        referral interview probation appraisal seminar lecture permit licence stamp seal badge passport visa waiver
        pledge oath verdict appeal dispute claim remedy damage frost drought flood storm gale hail thunder drizzle
        blizzard heatwave monsoon breeze tide current eddy surge walnut hazel cedar larch spruce maple birch willow
        alder juniper heather clover barley rye oats millet lentil
        """)

    static let adjectives = words(
        """
        amber ample brittle brisk broad bulky candid careful cautious central cheap chilly civic clumsy coarse
        compact complete copious costly cracked crisp crucial curious damp dapper decent deep dense diligent distant
        double dreary durable dusty eager earnest eastern elastic elderly elegant empty equal exact faint familiar
        fertile final flat flexible fluent forward fragile frequent frugal generous gentle gradual grateful hasty
        heavy hidden hollow honest humble idle immense inner jolly joint keen lavish lengthy level light liquid local
        lofty loose loyal lucid mature mellow mild minor modest moist mutual narrow neat nimble noisy northern
        notable novel oblique opaque orderly outer oval overdue pale partial patient plain pliable polite precise
        primary prompt proper quaint quiet rapid rare regional remote rigid robust rough rural rusty sandy scarce
        secure serene severe shallow sharp shiny silent sincere slender slow smooth sober solid southern spare speedy
        stable stark steady steep sturdy subtle sudden supple tacit tame tardy tender thick thin thorough tidy timely
        tiny tough tranquil upper urgent useful vague valid vast vivid weary western wide windy wooden worthy yearly
        young zealous
        """)

    static let verbs = words(
        """
        accepted adjusted altered amended answered archived arranged assembled assessed balanced blended booked
        borrowed bought calculated cancelled carried charged checked chose cleaned cleared closed coated collected
        combined compared confirmed copied corrected counted covered crossed dated declined deferred delayed
        delivered described designed detected divided doubled drafted dropped earned edited enclosed engraved entered
        examined exchanged extended filed filled finished fitted fixed followed forged formed fostered framed
        gathered granted greased ground guarded halved handled hauled heated hired improved insured invited issued
        joined judged lacquered landed leased lent lifted listed loaded locked lowered mailed managed marked matched
        measured mended mixed monitored mounted moved named noted offered opened ordered packed painted paired paused
        planned planted polished posted praised printed promised proved pumped quoted raised ranked reached rebuilt
        recorded reduced refused released rented repaired replaced reported rescued rinsed rotated sampled scanned
        scored sealed searched selected settled shaped shared shifted signed sketched sold solved sorted split
        spotted stacked stored studied supplied swapped tested threaded timed traced traded trained trimmed tuned
        unpacked updated valued verified visited washed weighed welded widened wrapped yielded
        """)

    static let adverbs = words(
        """
        abroad again ahead already apart barely briefly calmly cheaply daily early evenly fairly finally firmly
        freely gladly hardly hourly indoors instead jointly kindly lately later locally mainly monthly neatly nearly
        nightly often openly orally overnight partly plainly promptly quickly quietly rarely readily recently safely
        seldom shortly slowly smoothly softly solely soon steadily swiftly then thereby today together twice upstairs
        usually weekly wholly widely wisely yearly yesterday
        """)

    static let beginnings = words(
        """
        Ab Al Ar Bal Bar Bel Ber Bor Brun Cal Car Cor Dal Dor Drev Eck El Fal Fen Fir Gal Gor Grim Hag Hal Har Hol Il
        Jan Jor Kal Kel Kor Kur Lan Lor Lud Mar Mel Mor Nar Nel Nor Ol Or Pal Per Pol Quin Ral Ren Ros Sal Sel Sor
        Tal Tor Tren Ul Val Ver Vol Wal Wen Wil Yar Zel Zor
        """)

    static let endings = words(
        """
        bach beck berg born bruck dal den dorf feld fort gard gast hain haus heim hoff holm horst kamp kirch lan
        leben lin lund mar mark min mont nau neck nitz rath ric rode roth sand see sen stadt stein tal thal tin tov
        vik wald walde wang wick winkel zell
        """)

    private static func words(_ text: String) -> [String] {
        text.split(whereSeparator: { $0 == " " || $0 == "\n" }).map(String.init)
    }
}
