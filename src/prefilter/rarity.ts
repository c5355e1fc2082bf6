/** Letters in either case, digits, some marks, a blank, and everything else. */
export const KINDS = 32;

export function kindOf(unit: number): number {
  const letter = (unit | 32) - 97;
  if (letter >= 0 && letter < 26) return letter;
  if (unit >= 48 && unit <= 57) return 26;
  const mark = MARKS.indexOf(unit);
  return mark < 0 ? 31 : 27 + mark;
}

/** `_`, `-`, `.` and the blank. */
const MARKS: readonly number[] = [95, 45, 46, 32];

/**
 * How seldom two kinds stand side by side in source code, made by `scripts/count-pairs.mjs`: a row for the first, a
 * character for the second. It tells half bits: a character one further says that the pair is rarer by the root of two.
 */
const PAIRS: readonly string[] = [
  "<755=96A7@9253B6@2428:<:9A8@@;67",
  "8=;?6>@D89D7AC8>D:;?7CCC7C9@C;;8",
  "4=:=5=<59E57;>3<A8:49=AA=F8:A966",
  "7<;73;>@5AB:==7=@88<9>>=;D8:=934",
  "5:43767>:@>562:79022<8849B78<601",
  "7?<:86?C5FE8;<5=F89:5DBD=F8<?936",
  "<?<@5>>:8FC;>96=D:7:;@BECB;;A965",
  "5B@>3ACC6GC?=A7@F;<8<CBFAE?>B;77",
  "9966846D@C>45048B733C9C:F8<?B=:8",
  "?EEE;EGFDHDGDF>EFF;D?EFGFHCIG>?=",
  ":A?@6@<C:GE?A=@@D@;@?D@GCG?>C<88",
  "5==728>@4D>5?=4<C>776<?D8D=<A:55",
  "49?:3@AA7B@<9>66E@9:9ABD@F==C;88",
  "5>44493@6C::=:5;B=4189@D;C=<=934",
  "9865;6:A8B965275G265588>DC=;@:57",
  "4?;=4=?<9G<7=@58C5969>@B;E:;@986",
  "BDCCCDEFDFGDCDGEBABE8FFGEE@BJ@>;",
  "4=89197@4D::843<C4556:=B8E::?833",
  "7>6<2=<74E:::<67@;617?;A6A;8>523",
  "4=8:1:=23D@::=47C3575><;5A58=622",
  ":99:59;E5HE683>9E466DCE<FA:CH?==",
  "5A>?5?BB:GE?>A;?BA>?B@@AGD9=G:;9",
  "8A@?9AA97FF@A<:@E9<@B@?CFF@?D=::",
  ":<;=:;DC;GGA@A?8EA?7CAD@@G3>B;87",
  "?@>A>ACC=GE=::>5G=78CC?EDA?>A;67",
  "@FEE8FEF?HHEEF@FHDEFFGDEC@@EJB?=",
  "898988A@@CB?>@A?CA>??>B3CC.:;740",
  ":=:;;:<>:B@;;;=9A:89=<=@DB99NC<9",
  "?>>???AC?DE??@?>F?<>AAADGC9K8I:9",
  "8:8:89:<9=?::998B978<<;?BD8;M:85",
  "243533672<:55444=3215659;=188<+-",
  "664654793<;77675<4346696=>4997,*",
];

function bits(first: number, second: number): number {
  return ((PAIRS[first]?.charCodeAt(second) ?? NEVER) - NEVER_RARE) / 2;
}

const NEVER_RARE = 35;
const NEVER = 91;

/** How often each kind stands anywhere. */
const SHARES = Array.from({ length: KINDS }, (_, first) => {
  let share = 0;
  for (let second = 0; second < KINDS; second++) share += 2 ** -bits(first, second);
  return share;
});

/** How seldom `length` characters of `text` stand in source code as they do from `start` on, in bits. */
export function rarity(text: string, start: number, length: number): number {
  let sum = 0;
  for (let at = start + 1; at < start + length; at++) {
    const before = kindOf(text.charCodeAt(at - 1));
    sum += bits(before, kindOf(text.charCodeAt(at)));
    // Of all pairs, those that begin as the one before ended.
    if (at > start + 1) sum += Math.log2(SHARES[before] ?? 1);
  }
  return sum;
}
