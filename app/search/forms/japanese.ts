import { dictionaryForms } from './japanese-endings.ts';
import { listOf } from './lists.ts';

/**
 * Japanese words in their other forms and spellings. The index knows characters and finds a word by any run of them, katakana as
 * hiragana; what is left are verbs and adjectives, whose end changes, and words that some write in kana and others not.
 */

/** Words with their usual spellings. Animals and plants are written in all three ways. */
const spellings = `犬 いぬ|猫 ねこ|馬 うま|牛 うし|豚 ぶた|羊 ひつじ|山羊 やぎ|兎 うさぎ|鹿 しか|猿 さる|狐 きつね|狸 たぬき|熊 くま|
虎 とら|狼 おおかみ|栗鼠 りす|鼠 ねずみ|象 ぞう|鯨 くじら|海豚 いるか|亀 かめ|蛙 かえる|蛇 へび|蜥蜴 とかげ|鳥 とり|雀 すずめ|
燕 つばめ|鴉 烏 からす|鳩 はと|鴨 かも|白鳥 はくちょう|鶴 つる|鷹 たか|鷲 わし|梟 ふくろう|鴎 かもめ|孔雀 くじゃく|鶏 にわとり|
家鴨 あひる|蝶 ちょう|蝶々 ちょうちょ|蜂 はち|蜻蛉 とんぼ|蝉 せみ|蟻 あり|蜘蛛 くも|蟹 かに|海老 えび|蛸 たこ|烏賊 いか|鮭 さけ|
鯛 たい|鮪 まぐろ|金魚 きんぎょ|鯉 こい|海月 くらげ|水母 くらげ|桜 さくら|梅 うめ|桃 もも|菊 きく|薔薇 ばら|百合 ゆり|蓮 はす|椿 つばき|
紫陽花 あじさい|向日葵 ひまわり|朝顔 あさがお|紅葉 もみじ|楓 かえで|銀杏 いちょう|松 まつ|竹 たけ|杉 すぎ|藤 ふじ|菖蒲 あやめ|
秋桜 こすもす|蒲公英 たんぽぽ|芒 すすき|苺 いちご|林檎 りんご|葡萄 ぶどう|蜜柑 みかん|西瓜 すいか|南瓜 かぼちゃ|人参 にんじん|
茸 きのこ|子供 子ども こども|友達 友だち ともだち|綺麗 きれい|眼鏡 めがね|鞄 かばん|椅子 いす|傘 かさ|帽子 ぼうし|提灯 ちょうちん|
花火 はなび|祭り 祭 まつり|夕焼け 夕焼 ゆうやけ|夕日 夕陽 ゆうひ|朝日 朝陽|虹 にじ|雪だるま 雪達磨|滝 たき|煙草 たばこ|
蕎麦 そば|寿司 鮨 すし|饂飩 うどん|御飯 ご飯 ごはん|お茶 御茶|珈琲 こーひー|卵 玉子 たまご|神輿 御輿 みこし|着物 きもの|浴衣 ゆかた|
繋ぐ 繫ぐ つなぐ|笑う わらう|食べる たべる|飲む のむ|歩く あるく|走る はしる|泳ぐ およぐ|飛ぶ とぶ|座る 坐る すわる|立つ たつ|
寝る ねる|遊ぶ あそぶ|踊る おどる|歌う うたう|読む よむ|書く かく|見る みる|咲く さく|光る ひかる|輝く かがやく`;

/** What the last sound of a verb of five steps becomes: `走る`, `走り`, `走って`. */
const steps: Readonly<Record<string, string>> = {
  う: 'いっわおえ',
  く: 'きいかこけ',
  ぐ: 'ぎいがごげ',
  す: 'しさそせ',
  つ: 'ちったとて',
  ぬ: 'にんなのね',
  ぶ: 'びんばぼべ',
  む: 'みんまもめ',
  る: 'りっられろ',
};
/** What follows the stem of a verb of one step, which lost its `る`: `食べて`, `見ない`. */
const afterStem = ['て', 'た', 'な', 'ま', 'よ', 'ら'];
const kanjiBefore = /^\p{Script=Han}+\p{Script=Hiragana}*$/u;

let groups: ReadonlyMap<string, readonly string[]> | undefined;

/** Other forms and spellings of a folded text without spaces between its characters; none for what has none. */
export function japaneseForms(word: string): string[] {
  groups ??= readGroups();
  return [
    ...(groups.get(word) ?? []),
    ...conjugated(word),
    ...dictionaryForms(word),
    ...withoutLength(word),
    ...foreignSounds(word),
  ].filter((form) => form !== word);
}

/** Of the form in a dictionary, `走る`, `美しい`; beginnings are enough, since a word is found by its first characters. */
function conjugated(word: string): string[] {
  const last = word.slice(-1);
  const stem = word.slice(0, -1);
  if (!kanjiBefore.test(stem)) return [];
  if (last === 'い') return ['く', 'か', 'さ'].map((ending) => stem + ending);
  const forms = Array.from(steps[last] ?? '', (ending) => stem + ending);
  return last === 'る' ? [...forms, ...afterStem.map((ending) => stem + ending)] : forms;
}

/** `サーバー` and `サーバ`: the shorter one is found in the longer anyway. */
function withoutLength(word: string): string[] {
  return /..ー$/.test(word) ? [word.slice(0, -1)] : [];
}

/** `ヴァイオリン` and `バイオリン`. */
function foreignSounds(word: string): string[] {
  const plain = ['ば', 'び', 'べ', 'ぼ'];
  const foreign = ['ゔぁ', 'ゔぃ', 'ゔぇ', 'ゔぉ'];
  const at = foreign.findIndex((sound) => word.includes(sound));
  if (at >= 0) return [word.replaceAll(foreign[at] ?? '', plain[at] ?? '')];
  const first = plain.findIndex((sound) => word.startsWith(sound));
  return first < 0 || word.length < 3 ? [] : [(foreign[first] ?? '') + word.slice(1)];
}

function readGroups(): ReadonlyMap<string, readonly string[]> {
  const read = new Map<string, string[]>();
  for (const group of listOf(spellings)) {
    for (const word of group) read.set(word, [...(read.get(word) ?? []), ...group]);
  }
  return read;
}
