//! Function words of the languages written in Latin letters that most news is in: our own lists of words that
//! are frequent whatever the subject.

use std::sync::LazyLock;

use crate::text::words::WordTable;

/// The languages that have a list, as BCP-47 tags; the bit of a language is its place here.
pub(super) const LANGUAGES: [&str; 21] = [
    "en", "fr", "de", "es", "it", "pt", "nl", "sv", "da", "nb", "fi", "pl", "cs", "ro", "hu", "tr", "id",
    "sk", "hr", "ca", "af",
];

const LISTS: [&str; LANGUAGES.len()] = [
    "the of and to in that is was for on with as by at from it be are were has have had he she they his her its their \
     which who will would not but or also been said an this after more than about when into over out up could can \
     there what we you i my our us him them all if no one so two new last year people other first",
    "le la les des et du de un une est que qui dans pour sur par avec au aux ce cette ces son sa ses leur leurs il elle \
     ils elles ne pas plus ont été a mais ou où nous vous je se sont être fait selon entre après avant aussi comme tout \
     deux dont d l qu s n y en même sans sous ans",
    "der die das und ist von den dem des zu mit sich auf für im in ein eine einen einem einer nicht als auch es an werden \
     aus er sie hat dass nach wird bei um am noch wie über so zum zur haben nur oder aber vor bis mehr durch man war \
     sein wurde sei unter gegen seine ihre wenn kann wir ich",
    "de la que el en y los se del las un por con no una su para es al lo como más o pero sus le ha me si sin sobre este \
     ya entre cuando todo esta ser son dos también fue había era muy años hasta desde está mi porque qué han yo hay \
     según tras contra",
    "di e il la che in un a per è una sono con non i del si da al le dei nel della ha gli alla ma come più o anche delle \
     dal degli dalla nella questo questa su lo se essere stato hanno dopo suo sua loro anni due ai era tra alle fra \
     perché ci ed nei sulla l d dell all",
    "de a o que e do da em um para é com não uma os no se na por mais as dos como mas foi ao ele das tem à seu sua ou ser \
     quando muito há nos já está eu também só pelo pela até isso ela entre era depois sem mesmo aos ter seus quem nas \
     me esse eles estão segundo anos são",
    "de het een en van in is dat op te zijn met voor niet aan er om ook als dan maar bij uit nog naar heeft die door over \
     ze hij wordt tot je werd was we hebben dit kan deze meer al hun worden na tegen onder jaar geen ik zich volgens \
     had zei wel",
    "och i att det som en på är av för med till den har de inte om ett var jag han från men så vi kan när år vid också ut \
     säger efter under eller nu sig hade ska över mot alla mycket skulle bara blir mellan där två sin andra enligt \
     detta varit blev kommer",
    "og i at det er en til af den på for de med der som et har ikke om var fra han men jeg sig kan vi så ved skal også nu \
     ud efter eller blev havde være over hvor når siger mod mange år hun kun blevet mellem to dem mere man meget kommer \
     hvad mig nogle bliver sagde noget mens uden både få deres ind hvis hvordan",
    "og i det er på til som en at av for med den har de ikke et om var fra han men jeg seg kan vi så ved skal også nå ut \
     etter eller ble hadde være over hvor når sier mot mange år hun bare blitt mellom to dem mer man mye kommer hva \
     meg noen opp disse blir sa noe mens uten både få deres inn hvis hvordan",
    "ja on ei se että oli hän mutta ovat kun myös joka mukaan sen niin kuin tai olla vuonna ole sekä jo nyt hänen vain \
     jos voi jotka vielä kuitenkin olisi siitä tämä sitä ollut kanssa mikä näin sanoo ne tämän enää jälkeen koska vuoden",
    "w i na z że do się nie to jest o jak po a za od przez ale dla są oraz był tym co tak może będzie ma jego tego który \
     która które przed już było być jej ich także roku ze przy tylko lat jako czy u ten ze można była nad pod bez \
     między dwa",
    "a v se na je že s z do o i to k ve pro za by ale si po jako podle od jsou byl který která které jeho tak bylo už při \
     však také jak bude než své není aby roku ze byla mezi let nebo když má až pouze být další před uvedl proti této",
    "de și în a la cu pe din că o un nu este pentru care mai ce au fost sunt ca se fi sau prin dar după lor lui al ale ei \
     această acest va între până fără spus iar cele cel sa său dintre toate putea foarte când dacă unui unei anul către",
    "a az és hogy nem is egy ez meg de volt van azt csak el már még mint ki ha vagy lesz aki között szerint után ezt azonban \
     pedig sem majd minden amely így lehet illetve több mert ami nagyon most két kell ezer amelyek ban ben",
    "ve bir bu için ile de da olarak çok daha olan en gibi sonra ama kadar değil ne var her ki dedi iki yeni ise oldu \
     tarafından ya bin diye göre veya büyük olduğunu olduğu yıl önce ilk hem etti şekilde üzerinde ancak bunun ederek",
    "yang dan di dengan untuk dari dalam ini itu pada tidak akan adalah ke oleh juga telah tersebut sebagai bisa karena \
     ada mereka kata lebih sudah saat kepada bahwa dia kami para menjadi tahun atau kita saya hari setelah orang secara \
     namun sebuah seorang belum",
    "a v sa na je že s z do o i to k vo pre za by ale si po ako podľa od sú bol ktorý ktorá ktoré jeho tak bola už pri \
     však tiež ak bude než nie aby roku zo byť medzi rokov alebo keď má až len ďalší pred uviedol proti tejto čo sme",
    "i u je na se da su za od o s a koji koja koje kao što nije iz do bi ne te će to ali bio bila po sve više ili već samo \
     prema nakon kako zbog biti još godine svoje ovo tome kada između protiv bez jer ih mu smo rekao sam može",
    "de la i que el en a els les un per amb no una es del al als dels va són ha més però com si ho seva seu també aquest \
     aquesta entre fins quan sobre molt ja han havia sense des ser hi tot segons anys on perquè està té pel",
    "die van en het in is wat nie om te vir met dat op sy hy was ook aan ons deur dit word sal kan as by ek jy hulle haar \
     hom een maar uit wees oor na so nog toe moet meer gesê jaar was mense onder tussen daar hierdie geen baie",
];

/// The table of all lists: which languages a word belongs to, one bit each.
pub(super) fn vote_table() -> &'static WordTable<u32> {
    static TABLE: LazyLock<WordTable<u32>> = LazyLock::new(|| {
        let words = LISTS
            .iter()
            .enumerate()
            .flat_map(|(i, list)| list.split_whitespace().map(move |word| (word, 1u32 << i)));
        WordTable::new(words, |a, b| a | b)
    });
    &TABLE
}

/// Every word of every list.
pub fn function_words() -> impl Iterator<Item = &'static str> {
    LISTS.iter().flat_map(|list| list.split_whitespace())
}
