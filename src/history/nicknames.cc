#include "history/nicknames.h"

#include <algorithm>
#include <array>
#include <map>
#include <string>
#include <vector>

// Implementation notes: the table is written from common knowledge of names in English, with the
// usual short forms of some other languages. One line a formal name: `sex formal shorts`. A short
// name may stand in several lines; within one sex the first line wins.

namespace hs::history {
namespace {

constexpr const char* kLines[] = {
    "M abraham abe bram",
    "M adam",
    "M albert al bert bertie",
    "M alexander alex al alec sandy sasha xander lex alejandro alessandro alexandre aleksandr",
    "M alfred al alf fred freddie",
    "M alan allan allen al",
    "M andrew andy drew andre andreas andres anders andrea",
    "M anthony tony antonio anton antoine",
    "M arthur art artie arturo",
    "M benjamin ben benny benji bennie",
    "M bennett ben benny bennie",
    "M bernard bernie barney bernd bernhard",
    "M bradley brad",
    "M bradford brad",
    "M brian bryan bri",
    "M carl karl carlos",
    "M charles charlie chuck chas chip charley carlos carl",
    "M christopher chris kit topher kris cristopher christophe",
    "M christian chris kris cristian",
    "M clifford cliff",
    "M clinton clint",
    "M cornelius neil con",
    "M craig",
    "M curtis curt kurt",
    "M daniel dan danny dani",
    "M david dave davey dav",
    "M dennis denny denis",
    "M dominic dom nick dominick dominique",
    "M donald don donnie donny",
    "M douglas doug dougie douglass",
    "M edward ed eddie ted ned teddy eddy eduardo edouard",
    "M edwin ed eddie",
    "M edmund ed eddie ned",
    "M edgar ed",
    "M elliott eliot elliot",
    "M emmanuel manny manuel",
    "M eric erik erich rick",
    "M ernest ernie ernesto ernst",
    "M eugene gene",
    "M ferdinand fred fernando",
    "M francis fran frank frankie francisco franc frans",
    "M franklin frank frankie",
    "M frank franc",
    "M frederick fred freddie freddy fritz rick frederic frederik friedrich federico",
    "M gabriel gabe",
    "M gary garry",
    "M geoffrey geoff jeff",
    "M george georgie georg jorge georges",
    "M gerald gerry jerry",
    "M gerard gerry jerry gerhard gerardo",
    "M gilbert gil bert",
    "M giovanni gianni gio",
    "M gordon gord gordy",
    "M graham graeme",
    "M gregory greg gregg gregor",
    "M guillermo memo",
    "M harold hal harry",
    "M harrison harry",
    "M henry hank harry hal henri enrique",
    "M herbert herb bert",
    "M howard howie",
    "M hubert hugh bert",
    "M hugh hughie hugo",
    "M ignacio nacho",
    "M isaac ike",
    "M jacob jake jakob",
    "M james jim jimmy jamie jay jimmie jaime",
    "M jason jay",
    "M jeffrey jeff jeffery geoff geoffrey jeffry",
    "M jeremy jerry jem jeremiah",
    "M jerome jerry",
    "M jesus chuy",
    "M joel",
    "M john jack johnny jon johnnie jean juan johann johannes hans ian ivan jan",
    "M jonathan jon johnathan jonny johnny jonathon nathan",
    "M joseph joe joey jose josef jo jos giuseppe jozef",
    "M joshua josh",
    "M julian jules",
    "M kenneth ken kenny kent",
    "M kevin kev",
    "M lawrence larry laurence lars lorenzo laurent",
    "M leonard leo len lenny lennie leonardo",
    "M leo leon",
    "M leslie les",
    "M lewis lew louis lou",
    "M louis lou louie luis luigi lewis",
    "M lucas luke luc lukas",
    "M luke luc",
    "M manuel manny",
    "M marc mark marcus marco markus marcos",
    "M martin marty martyn",
    "M marvin marv",
    "M matthew matt matty mathew mat matthias matthieu mateo matteo",
    "M maurice moe maury mauricio",
    "M maxwell max",
    "M maximilian max",
    "M mebrahtom meb",
    "M melvin mel",
    "M michael mike mick mickey micky mikey michel miguel mikhail micheal mikael",
    "M mitchell mitch",
    "M mohammed mohamed muhammad mohammad mo mohamad",
    "M morris morrie moe",
    "M nathaniel nate nathan nat nathanial",
    "M nathan nate nat",
    "M nicholas nick nicky nico nicolas nikolas nikolaus niklas nic klaus nicola",
    "M norman norm",
    "M oliver ollie olivier",
    "M oscar ozzie",
    "M patrick pat paddy rick patricio",
    "M paul pablo paolo paulo pavel",
    "M peter pete pedro pierre pieter piet",
    "M philip phil phillip pip philippe felipe",
    "M pasquale pat",
    "M ralph rafe",
    "M randall randy randal",
    "M randolph randy",
    "M raphael rafael rafe rafa",
    "M raymond ray",
    "M raymundo ray",
    "M reginald reg reggie",
    "M richard rick rich dick ricky rickey richie ricardo rik",
    "M robert bob rob bobby robbie bert robb roberto robin",
    "M roderick rod roddy rick",
    "M rodney rod",
    "M roger rog rogelio",
    "M ronald ron ronnie ronny",
    "M rudolph rudy rudi rudolf",
    "M russell russ rusty",
    "M salvatore sal sam",
    "M samuel sam sammy",
    "M scott scotty scottie",
    "M sean shawn shaun shane",
    "M sebastian seb bas sebastien",
    "M sidney sid sydney",
    "M solomon sol",
    "M stanley stan",
    "M stephen steve steven stevie stephan stefan esteban steffen stephane",
    "M stewart stuart stu stew",
    "M terrence terry terence",
    "M theodore ted theo teddy",
    "M thaddeus thad tad",
    "M thomas tom tommy thom tomas",
    "M timothy tim timmy",
    "M tobias toby",
    "M todd",
    "M vernon vern",
    "M victor vic viktor",
    "M vincent vince vinny vin vinnie vicente vincenzo",
    "M virgil virg",
    "M walter walt wally",
    "M warren",
    "M wayne",
    "M wesley wes",
    "M wilbur will",
    "M wilfred will fred",
    "M william bill will billy willie liam wm willy wilhelm guillermo willem guillaume",
    "M zachary zach zack zak zachariah",
    "F abigail abby abbie gail",
    "F adelaide addie",
    "F agnes aggie",
    "F alexandra alex sandra sandy lexi alexa sasha ali alejandra",
    "F alexis alex lexi",
    "F alice allie ali alicia",
    "F alison allison ali allie alli",
    "F amanda mandy manda",
    "F amelia amy millie emilia",
    "F amy aimee",
    "F andrea andi andie",
    "F angela angie angel",
    "F ann anne annie anna ana nan nancy",
    "F anna annie ann ana anne anya",
    "F annette ann",
    "F antoinette toni nettie",
    "F barbara barb barbie babs bobbie",
    "F beatrice bea trixie beatriz",
    "F bernadette bernie",
    "F bethany beth",
    "F beverly bev beverley",
    "F bridget bridie biddy brigitte brigid",
    "F bonnie bonny",
    "F candace candy candice",
    "F carol carrie carole caroline carolyn",
    "F caroline carrie carol carolyn caro lynn carolina",
    "F carolyn carrie carol caroline lynn",
    "F cassandra cassie cass sandy sandra",
    "F catherine cathy kate cat cate cathie catie kathy katie kathryn katherine katharine cathryn "
    "kitty kay catharine caterina catalina trina kat kathrine kathie",
    "F katherine kathy kate katie kat kathryn katharine catherine cathy kitty kay katy kathie "
    "katarina katharina kathrine katrina kathrin karin",
    "F kathleen kathy kate katie kay cathleen kathie kath",
    "F cathleen cathy",
    "F kathryn kathy kate katie kat kay",
    "F cecilia cece celia cecily cissy cecelia",
    "F charlotte charlie lottie lotte carlotta",
    "F cheryl cher sheryl sherry",
    "F christine chris christy chrissy tina kris kristine christina christie cristina krista "
    "kristina "
    "christa kristin",
    "F christina chris christy chrissy tina cristina kristina kris kirsten",
    "F kristin kris kristy kristen kirsten kristi kirstin",
    "F kristine kris kristy kristi",
    "F cynthia cindy cyndi",
    "F claudia claude",
    "F colleen coll",
    "F constance connie",
    "F courtney court kourtney",
    "F danielle dani daniela daniella",
    "F deborah deb debbie debra debby debora",
    "F denise",
    "F diana di diane dianne dianna",
    "F diane di dianne dianna",
    "F dolores lola",
    "F donna",
    "F dorothy dot dottie dorothea dolly",
    "F edith edie",
    "F eileen aileen",
    "F eleanor ellie nora ella elinor nell lenore eleonore",
    "F elizabeth liz beth betsy lizzie betty eliza libby elisabeth bess lisa liza elisa lilibeth "
    "ellie "
    "elise isabel elsie bette",
    "F ellen ellie nell elena helen",
    "F emily em emmy emilie emma",
    "F erica erika",
    "F erin",
    "F esther essie ester",
    "F evelyn evie eve",
    "F florence flo",
    "F frances fran francie frannie franny francesca",
    "F gabrielle gabby gabi gabriella gabriela",
    "F georgia georgie",
    "F georgina georgie",
    "F geraldine gerry geri",
    "F gertrude trudy gertie",
    "F ginger",
    "F gillian gill jill",
    "F gloria",
    "F gretchen gretel",
    "F gwendolyn gwen wendy",
    "F heather",
    "F helen helena nell ellen nellie helene elena",
    "F henrietta etta hettie",
    "F isabel izzy bella isabelle isabella belle ysabel",
    "F jacqueline jackie jacquelyn jaclyn jacky jacquie",
    "F jane janie janet jayne jan jana",
    "F janet jan",
    "F janice jan",
    "F jean jeanie jeanne jeannie jeanette",
    "F jeanette jean jeannette",
    "F jennifer jen jenny jenn jenna jennie jeni",
    "F jessica jess jessie",
    "F jill jillian",
    "F jillian jill gillian",
    "F joan joanie joanne jo",
    "F joanne jo joann joanna jo",
    "F joanna jo joann",
    "F josephine jo josie josefina",
    "F joyce",
    "F judith judy judi jude",
    "F julia julie jules juliet",
    "F julie jules julia",
    "F karen kari karin",
    "F katrina trina kat katarina",
    "F kelly kelley kellie",
    "F kimberly kim kimmy kimberley kimberlee",
    "F laura laurie lori lauri",
    "F lauren laurie",
    "F leslie les lesley",
    "F lillian lily lil lilly liliana",
    "F linda lin lindy lynda",
    "F lisa liza",
    "F lori laurie lorie",
    "F lorraine lori",
    "F lucille lucy lu",
    "F lucinda lucy cindy",
    "F lucia lucy lucie",
    "F lynn lynne lyn",
    "F madeline maddie madeleine maddy",
    "F marcia marcie marsha",
    "F margaret maggie meg peg peggy marge margie greta rita daisy margo margot megan margarita "
    "marguerite margarete molly",
    "F maria marie mary mia",
    "F marie mary maria",
    "F marianne mary marian",
    "F marilyn mary lynn",
    "F marjorie marge margie marj",
    "F martha marty mattie marta",
    "F mary molly polly mae marie maria mamie maryann",
    "F matilda tilda tillie mattie",
    "F maureen mo moe",
    "F megan meg meghan meaghan meggie",
    "F melanie mel",
    "F melinda mindy mel linda",
    "F melissa missy mel lissa",
    "F mercedes mercy",
    "F michelle shelly michele shelley mickey micki",
    "F mildred millie",
    "F miranda mandy randi",
    "F miriam mimi",
    "F molly mollie",
    "F monica monika moni monique",
    "F nancy nan",
    "F natalie nat natalia nataly",
    "F natasha tasha",
    "F nicole nikki nicky nicola nikole nic",
    "F noreen nora",
    "F olivia liv livvy",
    "F pamela pam",
    "F patricia pat patty trish tricia patti patsy trisha patrice",
    "F paula pauline",
    "F penelope penny",
    "F phyllis phyl",
    "F priscilla cilla",
    "F prudence prue",
    "F rachel rae rachael rach raquel",
    "F rebecca becky becca rebekah bekah becki",
    "F regina gina reggie",
    "F renata renee",
    "F roberta bobbie robbie",
    "F robin robyn",
    "F rosa rose rosie",
    "F rosemary rose rosie romy rosemarie",
    "F ruth ruthie",
    "F samantha sam sammy sammie",
    "F sandra sandy sandi sondra",
    "F sarah sara sally sadie",
    "F sharon shari sharyn sherry",
    "F sheila shelagh",
    "F sherry sherri sheri",
    "F shirley shirl",
    "F sophia sophie sofia sofie",
    "F stephanie steph stefanie stevie stephany",
    "F susan sue susie suzy suzanne susanne susanna suzie susana",
    "F suzanne sue suzie suzy susan susanne",
    "F susannah sue susie hannah susanna",
    "F sylvia silvia syl",
    "F tamara tammy tami tam",
    "F tammy tami tammie",
    "F teresa terry tess terri theresa tessa teri therese tracy",
    "F theresa terry tess terri tessa teri therese teresa",
    "F tracy tracey traci tracie",
    "F valerie val",
    "F vanessa nessa",
    "F veronica ronnie roni vera",
    "F victoria vicky vicki tori vickie viki",
    "F virginia ginny ginger ginnie",
    "F vivian viv vivien vivienne",
    "F wendy wendi",
    "F wilhelmina mina minnie willa",
    "F winifred winnie fred",
    "F yvonne evonne",
};

struct Formal {
  std::string_view name;
  model::Sex sex;
  friend bool operator==(const Formal&, const Formal&) = default;
};

/// Every name of the table with the formal names it may stand for, in the order of the lines.
using Table = std::map<std::string_view, std::vector<Formal>>;

/// The first word of `line`, which is cut off it.
std::string_view take_word(std::string_view& line) {
  const std::size_t end = std::min(line.find(' '), line.size());
  const std::string_view word = line.substr(0, end);
  line.remove_prefix(std::min(end + 1, line.size()));
  return word;
}

Table make_table() {
  Table out;
  for (std::string_view line : kLines) {
    const model::Sex sex = take_word(line) == "F" ? model::Sex::Female : model::Sex::Male;
    const Formal formal{take_word(line), sex};
    out[formal.name].push_back(formal);
    while (!line.empty()) {
      std::vector<Formal>& formals = out[take_word(line)];
      if (formals.empty() || formals.back() != formal) formals.push_back(formal);
    }
  }
  return out;
}

const Table& table() {
  static const Table* const kTable = new Table(make_table());
  return *kTable;
}

const std::vector<Formal>* formals_of(std::string_view name) {
  const auto found = table().find(name);
  return found == table().end() ? nullptr : &found->second;
}

}  // namespace

std::string_view formal_name(std::string_view first, std::optional<model::Sex> sex) {
  const std::vector<Formal>* formals = formals_of(first);
  if (formals == nullptr) return first;
  for (const Formal& formal : *formals) {
    if (!sex || formal.sex == *sex) return formal.name;
  }
  return formals->front().name;
}

bool are_nicknames(std::string_view a, std::string_view b) {
  const std::vector<Formal>* of_a = formals_of(a);
  const std::vector<Formal>* of_b = formals_of(b);
  if (of_a == nullptr || of_b == nullptr) return false;
  return std::any_of(of_a->begin(), of_a->end(), [&](const Formal& formal) {
    return std::find(of_b->begin(), of_b->end(), formal) != of_b->end();
  });
}

std::vector<std::string_view> nicknames_of(std::string_view name) {
  std::vector<std::string_view> out;
  for (const auto& [other, formals] : table()) {
    if (other != name && are_nicknames(name, other)) out.push_back(other);
  }
  return out;
}

}  // namespace hs::history
