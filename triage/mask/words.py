"""Words that tell a name from a post, an authority, a place or plain prose.

In: a word. Out: whether it may be part of a name.
"""

from __future__ import annotations

from typing import Final

__all__ = [
    "COMPANY",
    "GIVEN",
    "GIVEN_WORDS",
    "INSTITUTIONS",
    "ORDINARY",
    "ORG",
    "PARTICLES",
    "PLACE_NOUNS",
    "POSTS",
    "STAY",
    "plain",
    "stays",
]


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


ORG: Final = _words("""
    police constabulary council councils trust nhs service services department dept office foi eir freedom
    information team teams unit force authority ministry university college school board committee commissioner ico
    ombudsman agency hospital group company ltd limited plc llp association union society charity bureau directorate
    division section governance compliance disclosure records requests request helpdesk desk enquiries customer
    customers complaints data protection legal hr human resources press media communications corporate access act
    public government met parliament court tribunal inbox mailbox admin administration support squad command branch
    headquarters hq house centre log rights executive network newspaper news times gazette journal research campaign
    whatdotheyknow hub federation institute academy library museum church inquiry commission partnership consortium
    operation project foundation digital solutions consulting consultants technologies systems software logistics
    enterprises homes secretariat foia eirs
""")
"""Words of authorities, firms and teams."""

COMPANY: Final = _words("""
    ltd ltd. limited plc llp inc llc & co co. gmbh group holdings solicitors associates partners brothers sons
""")

_ROLES: Final = _words("""
    sir sirs madam madams sir/madam sirs/madam officer officers manager managers head chief constable deputy
    assistant director directors secretary minister mayor leader chair chairman chairwoman chairperson inspector
    sergeant superintendent commander detective adviser advisor analyst coordinator co-ordinator administrator clerk
    solicitor barrister journalist reporter editor researcher student resident requester applicant colleague
    requestor correspondent
    colleagues friend friends all there everyone everybody both whom whomever concern whoever it may either or and
    the of for to a an senior principal lead decision maker handler specialist consultant registrar controller
    practitioner president speaker lord lady commissioner councillor cllr professional staff surveyor engineer
    planner auditor accountant treasurer monitoring supervisor technician apprentice trainee custodian archivist
    librarian headteacher governor bursar warden representative
""")

POSTS: Final = _ROLES - _words("""
    sir sirs madam madams sir/madam sirs/madam all there everyone everybody both whom whomever concern whoever it
    may either or and the of for to a an friend friends
""")
"""Words of a post, which a line below a name may be told by."""

_NOT_NAMES: Final = _words("""
    january february march april june july august september october november december jan feb mar apr jun jul aug
    sep sept oct nov dec monday tuesday wednesday thursday friday saturday sunday mon tue tues wed thu thur thurs
    fri sat sun please sent tel telephone phone mobile email e-mail fax web website www http https from on in at by
    with as re subject date dear question questions enc encl attached attachment original message note notes ps p.s
    pp i we you our your my this that these those if when where what who how why which thank thanks yes no not none
    nil n/a regards sincerely faithfully kind best many wishes advance annex appendix response page copyright
    address postcode any also here section part table figure total number excel csv pdf confidential official mailto
    sensitive restricted unclassified disclaimer further additional following he she they is was are were would
    could can will have has had do does did his her their its them me us morning afternoon evening england scotland
    wales london northern ireland british britain uk eu usa hi hello hey good sir/madam mr mrs ms miss mx dr cc bcc
    to fwd fw but so then since after before because while under over into about between both each every some such
    only there than too very just once during per via new old name names redacted unknown anonymous various see
    below above tbc tba end welcome congratulations sorry apologies
""")

STAY: Final = ORG | _ROLES | _NOT_NAMES
"""Words that are never part of a name."""

PLACE_NOUNS: Final = _words("""
    road street lane avenue way close crescent square gardens drive place terrace grove hill court rise row walk
    mews park view green ward station bridge forest valley river village town city county borough district parish
    estate common moor hall house school academy college hospital surgery infirmary church cathedral castle farm
    wood woods bay beach harbour airport junction roundabout centre center market mill mills quay wharf marina
    reservoir lake loch island isle heath fields meadow meadows cottage lodge barn hostel hotel inn arms stadium
    arena cemetery crematorium library museum club shire north south east west central upper lower rd st ave stop
    line depot yard works cross corner vale
    prison gaol pool law act clause rule scheme review report report's inquiry
    programme project operation exercise fund award prize case judgment v fc united rovers athletic ltd limited plc
    llp council constabulary police trust university ship ferry
""")
"""Words that make a place, an authority or a law of the name before them ("Ashdown Road", "Clare's Law")."""

ORDINARY: Final = PLACE_NOUNS | _words("""
    traffic operations operational safety crime crimes neighbourhood neighbourhoods policing custody roads transport
    housing planning finance financial property estates assets fleet vehicles procurement contracts contract
    commercial digital technology technical systems system infrastructure software hardware security risk audit
    performance business insight intelligence improvement change strategy strategic policy policies delivery
    development learning training workforce people payroll pensions recruitment vetting standards professional
    ethics conduct integrity misconduct complaints equality diversity inclusion wellbeing health social care adult
    adults children childrens family families youth young education schools special needs community communities
    local regional national international european british english welsh scottish irish environment environmental
    waste recycling highways parking licensing trading regulatory enforcement emergency emergencies response contact
    control room dispatch call calls firearms armed taser dogs dog drone drones stop search searches arrest arrests
    offence offences victim victims witness witnesses justice criminal economic fraud cyber forensic forensics
    scientific evidence exhibits major serious organised investigation investigations homicide burglary robbery
    violence domestic abuse sexual hate drugs knife gun general main other others annual monthly weekly daily
    quarterly year years month months week weeks day days total totals summary overview introduction background
    conclusion outcome decision request requests answer answers reply replies review internal external refusal
    exemption exemptions harm test public interest balance cost costs fees fee charge charges income expenditure
    budget budgets spend spending revenue capital grant grants allowance allowances expenses salary salaries pay
    pension overtime sickness absence leave male female men women white black asian mixed ethnicity gender age sex
    religion belief disability race type category description location area areas region status reason reasons
    details detail result results count value values percentage average rate rates currency item items list lists
    index contents copy copies document documents file files letter letters form forms map maps plan plans report
    reports minutes agenda agendas meeting meetings guidance procedure procedures schedule publication published
    available accessibility cookies cookie privacy terms conditions feedback menu home news website links link site
    sites skip share print download downloads facebook twitter linkedin instagram youtube google microsoft windows
    apple android adobe word outlook teams sharepoint power point office server cloud oracle switchboard reception
    helpline enquiries enquiry online direct none nothing nobody someone anyone bank banks bell best bird bishop
    bond book booth bowl box brook brooks brown buck bull burns bush butcher butler carpenter carter case cash
    castle chance chapel chase church clay cliff coal cole cook cooper corner cotton crane cross crow cutter dale
    dean duke early earl east england fair farmer field fields fish fisher flood flower flowers ford forest forester
    fox france freeman frost gale gardener garland gates gay glass gold golden good goose grace grave graves gray
    green grey grove guard hall hand hands hardy hare harper harrow hart hawk hay hazel head heath heather hedge
    hill hills hogg holly holmes hook hope horn house hunt hunter hurst ivy joy judge just keen key keys kent king
    kings knight lake lamb land lane law lemon light little lock long lord love low maker mann march marks marsh
    marshall mason may mead miller mills money monk moon moor more moss mount neighbour nelson newton noble north
    nurse oak olive page palmer park parker parks parsons peace peacock penny pepper piper pitt place plant plum
    pond pool poor pope porter post potter powers price priest prince prior queen quick rain ray read reed rich
    rider ridge river rivers robin rock rod roe rose ross ruby rush sage sands savage saw sawyer sea seal self sharp
    shaw shepherd ship shore short silver singer sky slater small smart smith snow spring spence stanley star steel
    stern still stone street strong sty summer summers swan swift tanner taylor temple thorn tiller till town towns
    trip turner tyler vale wade walker wall walls ward waters way weather weaver webb well wells west wheeler wild
    will winter winters wise wolf wood woods woodland worth wright york bath bolton bradford bristol burton
    cambridge carlisle chester coventry derby devon dover durham essex exeter hastings lancaster leeds lincoln luton
    norfolk oxford plymouth preston reading salisbury stafford sutton wakefield warwick wellington whitby winchester
    windsor worcester april autumn bill bob art carol charity chuck dawn dick drew eve faith frank gene guy iris
    jack jade jay jean june lance lily mark max mercy miles nick pat patience pearl peter poppy rob rusty sandy sue
    victor victoria violet al ed an so am as be by go he if in is it me my no of oh ok on or up us we dated data
    number numbers ref reference subject regarding further sent received closed open ongoing completed january
    please note yours sincerely same different first second third last next final initial interim temporary
    permanent full partial withheld disclosed held attached appendix annex table figure section part volume chapter
    paragraph operation order orders notice notices licence licences permit permits appeal appeals tribunal court
    courts body worn video camera cameras speed fines fine ticket tickets penalty penalties bay bays bus buses lanes
    tram trams train trains rail railway metro cycle cycling school bins bin litter tree trees sport leisure arts
    culture tourism events event economy growth regeneration resilience tax council rent benefit benefits
    homelessness rough sleeper sleepers asylum migration customer experience engagement relations affairs research
    statistics statistical analysis analytics modelling innovation transformation assurance quality governance
    democratic electoral elections registration coroner mortuary burial cremation bereavement blue bluebell red
    yellow orange purple hong kong kongers zealand question questions example examples option options yes unknown
    various multiple several zero one two three four five six seven eight nine ten eleven twelve half quarter monday
    friday late shift night nights
""")
"""Ordinary words and places that are names as well: taken for a name only where the place in the letter says so."""

GIVEN_WORDS: Final = _words("""
    art bill bob carol charity chuck daisy dale dawn dean drew eve faith frank gene glen grace grant guy harper
    hazel heather holly hope iris ivy jack jade jay jean josh joy lance lily mark max mercy miles nick oak olive pat
    pearl penny peter poppy ray reed rich rob robin rose ruby rusty sandy stanley sue summer taylor victor victoria
    violet will ed al
""")
"""Given names that are ordinary words: they count only where a name is expected anyway, as under a closing."""

INSTITUTIONS: Final = _words("""
    hospital school academy college house centre barracks mansions surgery foundation trust library road street
    avenue lane close way square stadium university theatre building wing ward clinic scholarship lecture prize
    award law
""")
"""What is named after people: "Sir Rowan Ashdown School" is a school."""

PARTICLES: Final = _words("""
    van von de der den al bin bint el la le ap ab ferch y da dos du di del della mac ní nic ó ua uí nan af ten ter
""")
"""Small words inside a name."""

GIVEN: Final = _words("""
    aaron abdul abigail adam adrian agnes ahmed aidan aileen ailsa aisha alan alasdair alastair albert alex
    alexander alexandra alfie alice alison alistair alun alyson amanda amelia amina amir amy ana andrea andrew
    andrzej andy angela angharad angus anita ann anna anne annette annie anthony antony anwen arthur asif audrey
    barbara barry beatrice becky belinda ben benjamin bernadette bernard beth bethan betty beverley brenda brendan
    brian bridget bronwen bruce bryan caitlin callum calum cameron carl caroline carolyn carys catherine catriona
    ceri charles charlie charlotte cheryl chloe chris christina christine christopher ciara ciaran claire clara
    clare clive colette colin colm connor conor craig cristina cynthia daisy daniel danielle darren dave david
    deborah debbie declan deirdre denise dennis derek desmond diana diane dilys dominic donald donna doreen dorothy
    dougal douglas duncan dylan eamon eddie edith edmund edward eileen eilidh elaine eleanor elena eleri elin
    elizabeth ella ellen ellie elliot elsie emily emma eric erica erin ethan eva evan evelyn ewan fatima faye fergus
    ffion fiona flora florence frances francesca francis fraser fred freda freddie frederick gail gareth gary gavin
    gemma geoff geoffrey george georgina gerald geraldine gerard gethin gillian gladys glenda glyn gordon graeme
    graham greg gregory greta gwen gwyneth hamish hannah harriet harry harvey hassan hayley heidi helen helena henry
    hilary howard hugh huw ian ibrahim imran ines irene isaac isabel isabella isla iwan jacob jacqueline jake james
    jamie jan jane janet janice jason jasmine jeffrey jemma jennifer jenny jeremy jess jessica jill jim jo joan
    joanna joanne joe john johnny jon jonathan joseph josephine josh joshua joyce judith judy julia julian julie
    justin karen karl kate katherine kathleen kathryn katie katrina kay keith kelly ken kenneth kerry kevin kieran
    kim kirsten kirsty kyle laura lauren lawrence leah leanne leigh leo leon leonard lesley leslie lewis liam linda
    lindsay lisa liz lloyd lorna lorraine louis louise lucas lucy luke lydia lynda lynn lynne mairi malcolm marcus
    margaret maria marian marie marilyn marion marjorie martha martin martyn mary matt matthew maureen maurice megan
    mehmet melanie melissa michael michelle miguel mike mohamed mohammad mohammed moira molly monica morag muhammad
    muriel murray nadia naomi natalie natasha nathan neil niall niamh nicholas nicola nigel nina noel nora norman
    oisin olga oliver olivia omar orla osman owain owen pamela patricia patrick paul paula pauline pedro peggy
    penelope philip phil phillip phoebe phyllis pierre piotr priya rachael rachel raj rajesh ralph raymond rebecca
    rhian rhiannon rhys richard robert roberta roger roisin ronald rory rosalind rosemary rosie rowan roy rupert
    russell ruth ryan sally sam samantha samuel sandra sara sarah saoirse scott sean sebastian seren shane shannon
    sharon shauna sheila shirley sian sinead siobhan simon sofia sonia sophia sophie stella stephanie stephen steve
    steven stuart susan suzanne sylvia tamara tamsin tania tanya tara teresa terence terry thelma theresa thomas tim
    timothy tina tom tomasz tony tracey tracy trevor tristan una ursula valerie vanessa vera veronica vincent vivien
    vivienne wendy wilfred william yasmin yusuf yvonne zara zoe
""")
"""Given names frequent in Britain and Ireland, hardly words or places: they tell a name where a frame is weak."""


def plain(word: str) -> str:
    """Return a word in lower case without its genitive and closing points.

    >>> plain("Ashdown’s")
    'ashdown'
    """
    word = word.lower().rstrip(".,")
    for ending in ("'s", "’s", "'", "’"):
        word = word.removesuffix(ending)
    return word


def stays(word: str) -> bool:
    """Tell whether a word is never part of a name; "xxxx" is one that somebody hid already.

    >>> stays("Secretariat-FOI"), stays("Sample-Hythe")
    (True, False)
    """
    bare = plain(word)
    return bare in STAY or bare.strip("x") == "" or ("-" in bare and STAY.issuperset(bare.split("-")))
