import { wordsOf } from './lists.ts';

/**
 * French nouns and adjectives of photos, folded, in the singular: who looks for an `arbre` has not mistyped `marbre`. German has
 * the parts of its compounds for that, English WordNet.
 */
export const frenchNouns: ReadonlySet<string> = new Set(
  wordsOf(`abeille abri agneau aigle aile allee ami ampoule ancre ane ange animal anneau arbre arc arche argent armee arme arret
    artiste assiette auberge automne autobus avion baie bain balcon baleine balle ballon banc bande banque barque barrage barre
    barriere bassin bateau baton batiment beau bebe belle berger bete beurre biere bijou billet blanc ble bleu boeuf bois boisson
    boite bonbon bonnet bord bouche bougie boule bouquet bouteille boutique branche bras brebis brique brouillard bruit brume
    bureau cabane cadeau cadre cafe caisse camion camp campagne canal canard canape canne carnaval carre carte cascade casque
    casserole cave ceinture cerf cerise chaine chaise chaleur chambre chameau champ champignon chanteur chapeau chapelle charbon
    chariot chat chateau chaton chaud chaussure chemin cheminee chemise chene cheval cheveu chevre chien chocolat choux ciel
    cimetiere cinema cirque citron clair classe clef cloche clocher clou cochon coeur coiffure colline colonne comptoir concert
    coq coquillage corbeau corbeille corde corps costume cote cou coude couloir couple cour couronne course couteau couverture
    crabe cravate crayon crepuscule creme crete cuisine cygne dame danse danseur dauphin dent desert dessert dessin diamant dieu
    doigt dos drap drapeau dune eau echarpe echelle eclair ecole ecran ecureuil eglise elephant eleve enfant ecriture
    enseigne epaule epee ete etable etage etagere etang etoile etudiant facade falaise famille fantome fauteuil femme fenetre fer
    ferme fete feu feuille figure fil filet fille fils film flamme fleur fleuve foin foire fontaine foret forge forme fosse foudre
    foule four fourmi fraise frere froid fromage fruit fumee fusee galet gant garage garcon gare gateau gazon geant genou girafe
    glace gorge gout goutte graine grand grange gris grotte guerre guitare gymnase habit haie hamac haricot herbe heron herisson
    heure hibou hirondelle hiver homme hopital horloge hotel huile huitre ile image immeuble insecte jambe jardin jaune jeu jeune
    joie joue jouet jour journal jumelles jupe lac laine lait lampe langue lanterne lapin lavande leger legume lettre lievre lion
    lit livre locomotive loin loup lumiere lune lunettes luge lutin machine magasin main mairie maison maitre malade manege manteau
    marbre marche mari mariage marin marine marron masque matin mer mere metal metro meuble miel miroir moine moineau monde montagne
    monument mort moto mouche moule moulin mouton mouette mur musee musique nappe nature navire neige nez nid noel noir noix nuage
    nuit oeil oeuf oie oignon oiseau olive ombre or orage orange orchestre oreille ours outil paille pain paix palais palme palmier
    panier panneau papier papillon parapluie parc pareil parfum paroi passage passerelle patte pays paysage peau peche peinture
    pelle peluche pere perle perroquet personne petit phare phoque photo piano piece pied pierre pigeon pile pilier pin pinceau
    piscine piste place plage plaine planche plante plat plateau plongeur pluie plume poche poele poire poisson poivre pomme pompier
    pont porc port portail porte portrait poste pot poule poulet poupee poussin prairie pre printemps prune puits quai queue racine
    radeau raisin rame rameau rat rayon recolte regard reine reflet renard repas reptile restaurant rideau riviere robe roche rocher
    roi rond rose roseau roue rouge route ruban ruche rue ruelle ruine ruisseau sable sac sabot salade salle salon sang sanglier sapin
    saumon savon scene sculpture seau selle sentier serpent serre serveur singe soeur soir sol soldat soleil sommet sorciere souris
    source spectacle squelette stade statue table tableau tablier tache taille talus tambour tapis tasse taureau taxi tempete temple
    temps tente terrain terrasse terre tete theatre tigre tissu toile toit tomate tombe tonneau tortue tour tournesol traineau train
    tram travail treillis tresor troupeau truite tuile tunnel usine vache vague vaisselle valise vallee vase veau velo vendeur vent
    ventre verger verre vert veste vetement viande vie vieux vigne village ville vin violon visage vitrail vitre vitrine voie voile
    voilier voiture volcan vue wagon zebre zoo`),
);
