/**
 * Words, their endings cut off, that reports about any application have, and so say little about which problem one is: those that occur
 * in the reports about all four applications of the half that the score is tuned on (docs/quality.md).
 */
export const generalWords: ReadonlySet<string> = new Set(
  (
    'about accept acces accessibl account achiev additional admin administrativ against aid all allow also although ' +
    'alway anyon app appear applic arbitrary attack attacker auth authentic authenticat authoriz authz bas befor ' +
    'behavior both break broken built bypas bypass call caus chain chang check client codebas com combin command ' +
    'complet complete compromis concatenat config configur construct contain content context control controll cooki ' +
    'craft creat credential cros cryptographic csrf data databas db debug default defin deploy detail development ' +
    'direct disabl disclosur display document doesn due dynamical embedd enabl encod endpoint entir environment error ' +
    'escal escap even exception execut execution explicit exploit expos exposur external fals field fil filter first ' +
    'forc forg forgery format ful full function further generat get global handl handler hardcod hijack html http id ' +
    'idor ids implement import includ info inform inject injection input insecur insert insid insufficient intend ' +
    'internal invok java js key known lack lead leak leav level like load loc local logg login mak maliciou manipulat ' +
    'mark mean messag misconfigur miss modify nam name never object occur oper page parameter parameteriz pass ' +
    'password path pattern payload per perform permission plaintext potential predictabl present prevent privileg ' +
    'proces produc production proper protection provid public py python queri query quot raw read real reconnaissanc ' +
    'record referenc reflect remot render repository request requester requir respons result retriev return reus rout ' +
    'safe same sanitiz script second secret secur see select sensitiv server session set show side significant ' +
    'similar sinc site sourc specific sql stack stat stor str submit submitt suppli system tags tak templat text ' +
    'theft though token trac trivial true type unauthenticat unauthoriz unprotect unsaf unsanitiz url user valid ' +
    'validat valu variabl verific verify view vulnerabiliti vulnerabl weak writ xss'
  ).split(' '),
);
