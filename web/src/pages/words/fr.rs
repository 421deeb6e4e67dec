//! French. Before `:` `;` `?` `!` and inside « » stands a no-break space.

use super::{Accessibility, Account, AccountWords, Calendar, Password, Reminders};

pub(super) const ACCOUNT: AccountWords = AccountWords {
    account: Account {
        signed_in_as: "Votre compte",
        name: "Nom",
        email: "E-mail",
        commune: "Commune",
        password: "Changer de mot de passe",
        current: "Mot de passe actuel",
        new: "Nouveau mot de passe",
        rules: "De 10 à 200 caractères ; ni votre adresse e-mail, ni un mot de passe courant.",
        change: "Changer le mot de passe",
        changing: "Changement…",
        changed: "Mot de passe changé. Vos autres appareils seront déconnectés d'ici dix minutes.",
        current_missing: "Saisissez votre mot de passe actuel.",
        new_missing: "Saisissez le nouveau mot de passe.",
        language: "Langue",
        theme: "Apparence",
        theme_system: "Comme l'appareil",
        theme_light: "Claire",
        theme_dark: "Sombre",
        sign_out_hint: "Sur un appareil partagé, déconnectez-vous en partant.",
    },
    calendar: Calendar {
        title: "Dans mon agenda",
        text: "Les inscriptions de vos enfants dans l'agenda de votre téléphone, toujours à jour.",
        secret: "L'adresse est secrète : qui la connaît peut lire ces inscriptions. Si elle s'est \
                 perdue, changez-la.",
        show: "Afficher l'adresse",
        address: "Adresse de l'agenda",
        subscribe: "S'abonner",
        renew: "Changer l'adresse",
        renewed: "Nouvelle adresse : l'ancienne ne mène plus à rien.",
    },
    reminders: Reminders {
        title: "Rappel par e-mail",
        text: "La veille de la date limite, à 18 h, ce qui est inscrit pour la semaine et ce qui ne \
               l'est pas encore.",
        deadline: "Me rappeler la date limite la veille au soir",
        failed: "Votre choix n'est pas enregistré",
    },
};

pub(super) const PASSWORD: Password = Password {
    ask: "Première visite, ou mot de passe oublié ? Donnez l'adresse e-mail que connaît le guichet : \
          vous recevez un lien pour choisir votre mot de passe.",
    send: "Recevoir le lien",
    sending: "Envoi…",
    sent: |email| {
        format!("Si {email} est l'adresse d'un compte, le lien y arrive d'ici quelques minutes.")
    },
    not_come: "Rien n'arrive ? Regardez dans les courriers indésirables, puis demandez au guichet \
               périscolaire quelle adresse il connaît.",
    to_sign_in: "Revenir à la connexion",
    ended: "Ce lien a déjà servi ou n'est plus valable. Demandez-en un autre ici.",
    unread: "Le lien n'a pas pu être vérifié",
    choose_for: "Choisissez le mot de passe de",
    choose: "Enregistrer et me connecter",
    choosing: "Enregistrement…",
};

pub(super) const ACCESSIBILITY: Accessibility = Accessibility {
    intro: "Préau est fait pour que chaque parent puisse s'en servir, au doigt, à la souris, au \
            clavier ou avec un lecteur d'écran.",
    parts: &[
        (
            "La règle suivie",
            &[
                "Le référentiel général d'amélioration de l'accessibilité, RGAA 4.1, qui \
                 applique les règles WCAG 2.1 au niveau AA.",
                "Aucun audit extérieur n'a encore eu lieu : cette page ne déclare donc pas de \
                 taux de conformité.",
            ],
        ),
        (
            "Comment nous vérifions",
            &[
                "À chaque changement, un contrôle automatique (axe) parcourt toutes les pages \
                 dans tous leurs états, en thème clair et sombre ; il ne doit rien trouver.",
                "Des parcours complets sont rejoués au clavier seul, à 320 pixels de large et à \
                 200 % de zoom.",
            ],
        ),
        (
            "Ce que vous pouvez régler",
            &[
                "La langue et le thème clair ou sombre, dans « Mon compte ». Les animations \
                 suivent le réglage de votre appareil.",
                "Au clavier, la touche Tab passe d'une case à l'autre du planning, les flèches \
                 aussi ; Espace ou Entrée coche et décoche.",
            ],
        ),
        (
            "Un obstacle ?",
            &[
                "Dites-le au guichet périscolaire : il vous donnera l'information autrement et \
                 nous transmettra le problème.",
                "Sans réponse satisfaisante, vous pouvez saisir le Défenseur des droits \
                 (defenseurdesdroits.fr).",
            ],
        ),
    ],
};
