"""Words of lists for the codes of the closed axes, as a draft of a mapping guesses them; a person decides."""
# ruff: noqa: E501

from __future__ import annotations

from functools import cache

from cenotaph.domain.axes import UNKNOWN
from cenotaph.extract.lists.keys import STATED_ONLY
from cenotaph.reference.folding import fold

CODE_WORDS: dict[str, dict[str, str]] = {
    "sex": {
        "m": "m, male, man, men, boy, masculine, м, муж, мужской, мужчина, мужчины, чол, чоловік, чоловіча, чоловічий, ذكر, رجل, مرد, پسر, مذکر, hombre, masculino, varón, homme, masculin, mann, männlich, erkek, पुरुष, זכר",
        "f": "f, female, woman, women, girl, feminine, ж, жен, женский, женщина, женщины, жін, жінка, жіноча, жіночий, أنثى, انثى, امرأة, زن, دختر, مونث, mujer, femenino, femme, féminin, frau, weiblich, kadın, महिला, נקבה",
    },
    "fate": {
        "dead": "dead, killed, deceased, died, death, martyr, kia, погиб, погибший, убит, умер, загинув, загиблий, вбито, قتيل, متوفى, شهيد, وفاة, کشته, کشته شده, جان باخته, فوت, muerto, fallecido, asesinado, mort, tué, décédé, tot, gefallen, ölü, הרוג",
        "presumed_dead": "presumed dead, believed dead, предположительно погиб, вероятно погиб, ймовірно загинув, presuntamente muerto, présumé mort",
        "missing": "missing, mia, disappeared, пропал, пропавший, пропал без вести, без вести пропавший, бвп, зник, зник безвісти, безвісти зниклий, مفقود, مفقودالاثر, گمشده, desaparecido, disparu, vermisst, kayıp, נעדר",
        "captive": "captive, prisoner, pow, captured, detained, в плену, пленный, полон, полонений, أسير, معتقل, اسیر, بازداشت, prisionero, detenido, prisonnier",
        "alive": "alive, living, survived, released, returned, жив, живой, вернулся, живий, حي, زنده, vivo, vivant",
    },
    "path": {
        "prison": "prison, prisoner, convict, from prison, inmate, заключенный, заключенные, зк, зэк, осужденный, осужденные, колония, ув'язнений, в'язень, засуджений, سجين, preso, prisionero, détenu",
        "pre_trial_detention": "pre-trial detention, сизо, слідчий ізолятор",
        "mobilised": "mobilised, mobilized, conscripted by mobilisation, мобилизованный, мобилизованные, мобилизован, моб, мобілізований, мобілізовані",
        "contract_office": "contract, contract soldier, контракт, контрактник, контрактники, контрактный, договір",
        STATED_ONLY: "volunteer, volunteers, доброволец, добровольцы, доброволець, добровольці, voluntario, متطوع",
    },
    "force": {
        "wagner": "wagner, wagner group, pmc wagner, вагнер, чвк вагнер, вагнеровец",
        "private_company": "pmc, private military company, чвк, пвк",
        "ministry": "ministry of defence, mod, мо рф, министерство обороны, міноборони",
    },
    "branch": {
        "motor_rifle": "motor rifle, motorised rifle, infantry, мотострелковые войска, мотострелки, мсв, мотострелок, пехота, піхота",
        "airborne": "airborne, vdv, вдв, десант, десантник, десантники, дшв",
        "marines": "marines, naval infantry, морпехи, морпех, морская пехота, морська піхота",
        "tank": "tank, tanks, танкист, танкисты, танковые войска, танкіст",
        "artillery": "artillery, артиллерия, артиллерист, артилерія",
        "special_forces": "special forces, spetsnaz, спецназ, сcо, гру, ссо",
        "national_guard": "national guard, rosgvardia, нацгвардия, росгвардия, нацгвардія",
        "air_force": "air force, вкс, ввс, летчик, авиация",
        "navy": "navy, вмф, флот, моряк",
        "engineers": "engineers, инженерные войска, сапер",
        "signals": "signals, связь, связист, войска связи",
        "air_defence": "air defence, пво, ппо",
        "other": "other troops, другие войска, інші війська",
    },
    "civil_status": {
        "civilian": "civilian, civilians, гражданский, мирный житель, мирные жители, цивільний, مدني, غیرنظامی, civil",
        "combatant": "combatant, military, soldier, fighter, военный, військовий, боец, عسكري, مقاتل, نظامی, militar, combatiente",
        "contested": "contested, disputed, спорный",
    },
    "manner": {
        "combat": "combat, killed in action, in combat, в бою, боевые, у бою",
        "wounds": "wounds, died of wounds, dow, от ран, від поранень",
        "accident": "accident, дтп, несчастный случай, нещасний випадок, حادث, accidente",
        "illness": "illness, disease, болезнь, хвороба, مرض, بیماری, enfermedad",
        "suicide": "suicide, самоубийство, суицид, самогубство, انتحار, خودکشی, suicidio",
        "own_side": "friendly fire, own side, свои, дружественный огонь",
        "executed": "executed, execution, казнен, казнь, расстрелян, إعدام, اعدام, ejecutado",
        "in_captivity": "in captivity, в плену, в полоні",
    },
}
NOTHING = "no data, not stated, not specified, n/a, na, none, нет данных, не указано, неизвестно, нд, немає даних, невідомо, غير معروف, لا يوجد, مجهول, نامعلوم, sin datos, desconocido, inconnu, unbekannt, bilinmiyor, -1, unknown"


def _key(word: str) -> str:
    """Fold a word; "-1" and "1" are two, as words without letters are not folded."""
    return fold(word) if any(c.isalpha() for c in word) else word.strip()


@cache
def _table() -> dict[tuple[str, str], str]:
    found = {
        (axis, _key(word)): code
        for axis, codes in CODE_WORDS.items()
        for code, words in codes.items()
        for word in words.split(",")
    }
    found.update({("", _key(word)): UNKNOWN for word in NOTHING.split(",")})
    return found


def guess_code(axis: str, word: str) -> str | None:
    """Return the code of an axis that a word seems to stand for, ``unknown`` where it says that nothing is known."""
    key = _key(word)
    return _table().get((axis, key)) or _table().get(("", key))


def says_unknown(word: str) -> bool:
    """Tell whether a word of any column seems to say that nothing is known."""
    return ("", _key(word)) in _table()
