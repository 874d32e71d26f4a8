"""What English words and grammar say happened, by class: every number of people of a sentence and its outcome, in order."""

from __future__ import annotations

import pytest

from cenotaph.domain.claims import Claim
from cenotaph.extract.claims.reader import read_claims

# A line is a sentence and what it claims: the number (its low end, else its high one; v for none) and the outcome.
DYING = r"""
The blast claimed the lives of 17 passengers. => 17 killed
The storm claimed 41 lives across the province. => 41 killed
The explosion left 14 dead and dozens injured. => 14 killed; 12 wounded
The death toll stood at 212 on Sunday evening. => 212 killed
The toll climbed to 86 after rescuers reached the valley. => 86 killed
The battalion lost 120 men in the first week. => 120 killed
The village buried 23 of its sons this spring. => 23 killed
Nine bodies were pulled from the ruins of the hotel. => 9 killed
Eleven people perished when the ferry capsized. => 11 killed
Seven of the passengers succumbed to their injuries. => 7 killed
Masked men gunned down six farmers near the market. => 6 killed
Ten civilians lost their lives in the shelling. => 10 killed
At least 32 people have been confirmed dead. => 32 killed
A landslide killed as many as 50 villagers. => 50 killed
Thirty-one miners were found dead in the shaft. => 31 killed
Four children froze to death on the pass. => 4 killed
Two climbers fell to their deaths. => 2 killed
Heavy rains have taken the lives of 19 people. => 19 killed
Another three died overnight in hospital. => 3 killed
Of the wounded, five later died. => 5 killed
Fourteen were shot dead in the square. => 14 killed
The bus plunged into a ravine, killing 22 people on board. => 22 killed
The flood has cost 65 lives. => 65 killed
The epidemic has killed 1,204 people since March. => 1204 killed
A further 13 have died of their wounds. => 13 killed
Three sailors went down with the ship. => 3 killed
Five prisoners were executed by firing squad. => 5 killed
A total of 47 deaths have been recorded. => 47 killed
Fatalities now number 28. => 28 killed
The number of fatalities has risen to 133. => 133 killed
Confirmed fatalities: 12. => 12 killed
There were 15 fatalities. => 15 killed
Twelve never came back from the front. => 12 missing
They counted 54 corpses in the courtyard. => 54 killed
Six bodies were recovered from the river. => 6 killed
Rescuers recovered 16 bodies. => 16 killed
The remains of 38 soldiers were handed over on Friday. => 38 body_returned
Ukraine received the bodies of 1,212 fallen defenders. => 1212 body_returned
The remains of 21 victims were exhumed. => 21 killed
Divers brought up eight bodies. => 8 killed
The attack took 18 lives. => 18 killed
Eight tourists were among the dead. => 8 killed
Among the dead were three nurses. => 3 killed
The dead include four police officers. => 4 killed
Two of the victims were pregnant women. => 2 killed
Nobody was killed. => 0 killed
No one died in the blaze. => 0 killed
There were no fatalities. => 0 killed
No deaths were reported. => 0 killed
No casualties were reported. => 0 casualties
None of the crew survived. => 0 survived
There were no survivors. => 0 survived
The only survivor was a cabin attendant. =>
One man died at the scene. => 1 killed
A pensioner was killed by shrapnel. => 1 killed
Another man was stabbed to death. => 1 killed
Militants beheaded 21 captives. => 21 killed
The army said it had eliminated 60 militants. => 60 killed
Security forces neutralised 14 terrorists. => 14 killed
Troops wiped out a group of 25 insurgents. => 25 killed
Airstrikes left more than 200 people dead. => 200 killed
Fighting has left hundreds dead and thousands homeless. => 100 killed; 1000 displaced
Over 300 were massacred in the village. => 300 killed
The company's 9 missing workers are presumed dead. => 9 killed
Forty-two are feared dead. => 42 killed
At least 16 are believed to have drowned. => 16 killed
The heatwave was blamed for 70 deaths. => 70 killed
The fighting has been blamed for the deaths of 700 people. => 700 killed
Officials linked 33 deaths to the tainted alcohol. => 33 killed
The hospital registered 27 deaths. => 27 killed
His unit suffered 34 dead. => 34 killed
We lost eleven comrades that night. => 11 killed
The regiment had 17 killed and 52 wounded. => 17 killed; 52 wounded
The enemy's losses amounted to 340 killed and wounded. => 340 killed+wounded
Losses on our side: 4 killed, 11 wounded. => 4 killed; 11 wounded
In all, 63 died. => 63 killed
Of 90 people on the boat, only 12 lived. => 90 on_board; 12 survived
The tragedy claimed 5 more victims on Tuesday. => 5 killed
Three more victims died in the burns unit. => 3 killed
Some 2,000 are thought to have died. => 2000 killed
Close to 400 fighters have been slain. => 400 killed
Burials were held for 19 villagers. => 19 killed
Funerals took place for six of the dead. => 6 killed
A mass grave holding 120 bodies was uncovered. => 120 killed
The grave contained 76 bodies. => 76 killed
The morgue took in 44 bodies in two days. => 44 killed
Twenty bodies washed ashore. => 20 killed
The bodies of two pilots were found in the wreckage. => 2 killed
Police found five men hanged. => 5 killed
Seven people burned alive. => 7 killed
Thirteen suffocated in the truck. => 13 killed
A dozen perished in the crush. => 12 killed
Nearly 90 were crushed to death. => 90 killed
Five were electrocuted. => 5 killed
The avalanche buried eleven climbers, all of whom died. => 11 killed
Three were pronounced dead at the scene. => 3 killed
Two died en route to hospital. => 2 killed
It took the toll to 39. => 39 killed
That brought the number of dead to 58. => 58 killed
The updated toll is 101 dead. => 101 killed
The government puts the death toll at 3,400. => 3400 killed
The count of the dead has reached 77. => 77 killed
The death toll from the quake passed 5,000. => 5000 killed
The toll may rise further; 24 are already confirmed dead. => 24 killed
Dead: 31. Injured: 112. => 31 killed; 112 wounded
31 dead, 112 injured, 6 missing => 31 killed; 112 wounded; 6 missing
Three dead, 12 hurt as bus overturns => 3 killed; 12 wounded
Bomb kills 9, wounds 34 in market => 9 killed; 34 wounded
At least 8 killed in hotel fire => 8 killed
Two soldiers slain in ambush => 2 killed
Quake toll hits 600 => 600 killed
Ferry disaster: 43 bodies found => 43 killed
20 feared dead after dam burst => 20 killed
Gunmen kill four, abduct seven => 4 killed; 7 captured
Drone strike leaves five dead => 5 killed
Mine blast death toll rises to 37 => 37 killed
Hundreds missing after landslide => 100 missing
Six held over arson => 6 detained
Court jails 14 over riots => 14 detained
Rebels free 30 hostages => 30 released
66 nationals among dead, ministry says => 66 killed
Boat sinks with 70 on board => 70 on_board
12 rescued, 5 still missing => 12 rescued; 5 missing
"""
WOUNDS = r"""
Another 40 were hurt. => 40 wounded
Thirty people sustained injuries. => 30 wounded
Nine were treated for smoke inhalation. => 9 wounded
Six remain in intensive care. => 6 wounded
Eighteen were taken to hospital. => 18 wounded
Four were in critical condition. => 4 wounded
The blast injured 55 shoppers. => 55 wounded
More than 100 required medical treatment. => 100 wounded
Ten had shrapnel wounds. => 10 wounded
Two police officers suffered gunshot wounds. => 2 wounded
Five were maimed by the device. => 5 wounded
Eleven were rushed to a nearby clinic. => 11 wounded
Some 23 were hospitalised with burns. => 23 wounded
Three lost limbs. => 3 wounded
At least 80 sought treatment. => 80 wounded
The hospital admitted 67 patients with blast injuries. => 67 wounded
Doctors operated on 14 of the wounded. => 14 wounded
Two were left paralysed. => 2 wounded
A child and two adults were wounded. => 1 wounded; 2 wounded
The attack wounded scores more. => 20 wounded
Twenty-six were lightly hurt. => 26 wounded
The injured numbered 59. => 59 wounded
The wounded, 48 of them, were flown to the capital. => 48 wounded
Injuries: 12. => 12 wounded
No injuries were reported. => 0 wounded
Nobody was hurt. => 0 wounded
No one was injured. => 0 wounded
One passenger was slightly injured. => 1 wounded
A woman was wounded in the leg. => 1 wounded
Seventeen ended up in hospital. => 17 wounded
Fifteen were stretchered off. => 15 wounded
Four had to be hospitalised. => 4 wounded
Some 30 demonstrators were beaten up. => 30 wounded
Seven were left with serious burns. => 7 wounded
Eight were poisoned. => 8 wounded
Over 200 fell ill. =>
Police shot and wounded three men. => 3 wounded
Six were shot and wounded. => 6 wounded
Two guards were stabbed. => 2 wounded
"""
MISSING = r"""
Sixteen have not been heard from since. => 16 missing
Forty are still unaccounted for. => 40 missing
The whereabouts of 27 students remain unknown. => 27 missing
Contact was lost with 11 miners. => 11 missing
Seven remain buried under the debris. => 7 missing
Eighteen workers are trapped underground. => 18 missing
Nothing is known of the fate of 63 others. => 63 missing
The search continues for nine fishermen. => 9 missing
Rescuers are looking for 14 people. => 14 missing
Thirty-four vanished without trace. => 34 missing
Five soldiers disappeared. => 5 missing
Missing: 22. => 22 missing
Two crew members are listed as missing. => 2 missing
There has been no word from 12 of the sailors. => 12 missing
Three hikers have yet to be found. => 3 missing
Up to 60 people could still be under the rubble. => 60 missing
Divers are hunting for four passengers. => 4 missing
Nobody is missing. => 0 missing
A hundred and ten were reported missing. => 110 missing
Twenty-five children went missing from the camp. => 25 missing
The sea swept away six bathers. => 6 missing
"""
CAPTURE = r"""
The rebels took 45 soldiers prisoner. => 45 captured
Thirty-two marines surrendered. => 32 captured
Seven aid workers were kidnapped. => 7 captured
The gunmen abducted 110 schoolgirls. => 110 captured
They are holding 14 hostages. => 14 captured
Two engineers are being held hostage. => 2 captured
Some 300 were captured. => 300 captured
About 60 soldiers laid down their arms. => 60 captured
The army said it captured 18 rebels. => 18 captured
Five crew were seized by pirates. => 5 captured
Nine nuns were taken captive. => 9 captured
Kidnappers are demanding ransom for 3 teachers. => 3 captured
At least 6,000 are in captivity. => 6000 captured
Some 240 people were dragged off to Gaza. => 240 captured
Gunmen made off with 20 pupils. => 20 captured
The militia holds 83 prisoners of war. => 83 captured
The militants snatched eight truck drivers. => 8 captured
Twelve POWs were paraded on television. => 12 captured
"""
DETENTION = r"""
Police arrested 56 demonstrators. => 56 detained
A court sentenced eleven men to life. => 11 detained
Twenty-two were rounded up. => 22 detained
More than 1,500 are behind bars. => 1500 detained
Nine were remanded in custody. => 9 detained
Thirty suspects have been taken into custody. => 30 detained
Authorities detained 73 people. => 73 detained
Four were jailed for ten years. => 4 detained
The tribunal convicted six officers. => 6 detained
The prison holds 2,300 inmates. => 2300 detained
Seven were charged with treason. =>
Officers picked up 15 youths. => 15 detained
There were 19 arrests. => 19 detained
Thirteen people are in police custody. => 13 detained
Eight were handed prison terms. => 8 detained
Two remain under arrest. => 2 detained
Some 400 languish in jail. => 400 detained
Seventeen were locked up. => 17 detained
"""
RELEASE = r"""
Forty-eight prisoners were exchanged. => 48 released
The two sides swapped 150 prisoners each. => 150 released
A hundred and three soldiers were flown home. => 103 released
The rebels let 17 hostages go. => 17 released
Ukraine got back 95 defenders. => 95 released
Sixty detainees walked free. => 60 released
Twelve were freed on bail. => 12 released
The amnesty freed 300 inmates. => 300 released
Nineteen citizens were repatriated. => 19 released
The junta pardoned 4,000 prisoners. => 4000 released
Ten managed to escape. => 10 released
Thirty-five returned home. => 35 released
Five children have been reunited with their families. => 5 released
He secured the release of 22 captives. => 22 released
Russia handed over 90 prisoners of war. => 90 released
Thirty of our boys are back home. => 30 released
Four were released without charge. => 4 released
Two of the captives were set free. => 2 released
"""
RECRUITMENT = r"""
Some 1,400 Kenyans signed up. => 1400 recruited
Agents lured 37 young men with promises of work. => 37 recruited
At least 288 had been recruited. => 288 recruited
Twenty-seven men enlisted. => 27 recruited
The army mobilised 300,000 men. => 300000 recruited
About 90 joined the militia. => 90 recruited
More than 500 foreigners signed contracts with the army. => 500 recruited
They recruited 62 students. => 62 recruited
Some 700 have volunteered. => 700 recruited
Moscow has hired 2,500 mercenaries. => 2500 recruited
The group has drawn 4,000 foreign fighters. => 4000 recruited
Over 12,000 were conscripted this autumn. => 12000 recruited
Another 800 were called up. => 800 recruited
Sixteen boys were pressed into service. => 16 recruited
The village sent 40 of its sons to the front. => 40 recruited
Three of his cousins went off to fight. => 3 recruited
Thirty-one Nepalis were tricked into joining. => 31 recruited
Eighty inmates were taken from the prison to the front. => 80 recruited
"""
FIGHTING = r"""
Around 2,000 foreigners are fighting for Ukraine. => 2000 fighting
Some 15,000 men serve in the brigade. => 15000 fighting
About 600 Cubans are at the front. => 600 fighting
More than 3,000 volunteers have fought there. => 3000 fighting
An estimated 5,000 took part in the fighting. => 5000 fighting
Two hundred remain in the ranks. => 200 fighting
At least 50 are still serving. => 50 fighting
Seven hundred were deployed to the front. => 700 fighting
"""
DISPLACEMENT = r"""
The fighting has displaced 2.3 million people. => 2300000 displaced
More than 40,000 fled their homes. => 40000 displaced
Some 6,500 were evacuated. => 6500 displaced
Ninety families were left homeless. =>
About 12,000 people crossed the border. => 12000 displaced
Nearly 80,000 have sought refuge. => 80000 displaced
The flood made 15,000 homeless. => 15000 displaced
Thousands were forced to leave. => 1000 displaced
Over 900 are sheltering in schools. => 900 displaced
The camp houses 30,000 displaced people. => 30000 displaced
Half a million have been uprooted. => 500000 displaced
Some 700 villagers had to leave their homes. => 700 displaced
The UN counted 110,000 refugees. => 110000 displaced
The evacuation of 340 residents is complete. => 340 displaced
Three hundred were driven from their homes. => 300 displaced
Four thousand live in tents. => 4000 displaced
"""
RESCUE = r"""
Fifteen were pulled alive from the rubble. => 15 rescued
Helicopters plucked 26 people from rooftops. => 26 rescued
Twenty-two passengers survived. => 22 survived
Only three escaped unhurt. => 3 survived
The coastguard picked up 84 migrants. => 84 rescued
Eighteen crew were brought ashore. => 18 rescued
All 33 miners were brought to the surface. => 33 rescued
Seven swam ashore. => 7 survived
There were 162 people on board. => 162 on_board
The plane was carrying 71 passengers and six crew. => 71 on_board; 6 on_board
With 44 on board, the submarine lost contact. => 44 on_board
The bus had 50 passengers. => 50 on_board
Among the 239 on board were 7 children. => 239 on_board; 7 on_board
Nine made it to safety. => 9 rescued
Firefighters saved 11 people. => 11 rescued
Rescue teams dug out four survivors. => 4 rescued
A baby was pulled alive from the ruins. => 1 rescued
Both pilots ejected safely. =>
Five emerged unscathed. => 5 survived
The ferry was packed with 300 people. => 300 on_board
Two found alive after nine days => 2 rescued
"""
IDENTIFICATION = r"""
Thirty-four of the dead have been identified. => 34 identified
DNA tests identified 19 soldiers. => 19 identified
The names of 2,104 dead have been established. => 2104 killed
The database lists 5,432 names. => 5432 killed
The court declared 12 men dead. => 12 declared_dead
Only eight have been formally identified. => 8 identified
The coffins of seven servicemen arrived. => 7 body_returned
Fifteen bodies were flown home. => 15 body_returned
Seventy sets of remains were repatriated. => 70 body_returned
The body of a peacekeeper was brought home. =>
A hundred bodies were exchanged. => 100 body_returned
Journalists verified the deaths of 118,000 soldiers. => 118000 killed
Obituaries for 75 soldiers have appeared. => 75 killed
Volunteers have confirmed 9,200 names. => 9200 killed
Seven were declared legally dead. => 7 declared_dead
"""
GRAMMAR = r"""
Of the 40 who were taken away, 28 have come home. => 40 captured; 28 released
The 19 people killed included 6 children. => 19 killed; 6 killed
Killed were two officers and five privates. => 2 killed; 5 killed
Also wounded were 13 bystanders. => 13 wounded
Injured were 14 police officers. => 14 wounded
Missing are three fishermen. => 3 missing
Among those arrested are 12 minors. => 12 detained
Dead are 7, wounded 19. => 7 killed; 19 wounded
Seven of the 16 wounded are children. => 7 wounded; 16 wounded
Twelve people, including two nurses, were killed. => 12 killed; 2 killed
The raid, in which 9 people died and 20 were hurt, lasted an hour. => 9 killed; 20 wounded
Those killed were four men, two women and a child. => 4 killed; 2 killed; 1 killed
The victims were three brothers. => 3 killed
Three of the five killed were teachers. => 3 killed; 5 killed
Five people died, three of them children. => 5 killed; 3 killed
Nine died: six civilians and three soldiers. => 9 killed; 6 killed; 3 killed
It was not 27 but 25 who died. => 27 killed; 25 killed
Not 12 but 15 people were wounded. => 12 wounded; 15 wounded
The youngest victim was 4. =>
The dead ranged in age from 3 to 71. =>
He was 34 when he died. =>
Killed in the strike were a 45-year-old man and his two sons. => 2 killed
Eight, including the driver, died; 14 were injured. => 8 killed; 14 wounded
Two people were killed and nine wounded on Monday, and three more were killed on Tuesday. => 2 killed; 9 wounded; 3 killed
Six were killed in Aleppo, four in Homs and two in Idlib. => 6 killed; 4 killed; 2 killed
Of the dead, 12 were women. => 12 killed
Women accounted for 12 of the dead. => 12 killed
Half of the victims were children. => 50 killed
A third of those killed were under 25. => 33 killed
Twenty per cent of the casualties were officers. => 20 casualties
One in five of the dead was a conscript. => 20 killed
The shelling killed two people in one village and three in another. => 2 killed; 3 killed
Four out of the nine hostages were killed. => 4 killed; 9 captured
Ten soldiers and a civilian died. => 10 killed; 1 killed
More than a dozen were left for dead. =>
Neither of the two passengers was hurt. => 0 wounded
Some of the wounded, 14 in all, were moved. => 14 wounded
All 87 on board were killed. => 87 killed
All three were shot in the head. => 3 killed
Seventeen soldiers had been killed by then. => 17 killed
Scores of people were killed. => 20 killed
Many were killed. => v killed
Several people were hurt. => v wounded
A number of people were detained. => v detained
Dozens more are missing. => 12 missing
Tens of thousands have died. => 10000 killed
Hundreds of thousands have fled. => 100000 displaced
Two to three hundred fighters died. => 200 killed
Between 30 and 40 people were killed. => 30 killed
Some 10-12 people drowned. => 10 killed
"""
NO_CLAIM = r"""
The attack came after 12 days of fighting. =>
Some 300 rescuers were sent to the site. =>
About 5,000 people attended the rally. =>
Police are seeking four suspects. =>
The bomb contained 20 kg of explosives. =>
The ministry received 420 applications. =>
The town of 4,000 people was shelled. =>
If 100 men had died, we would know. =>
The 34th brigade lost contact. =>
Two houses were destroyed and five damaged. =>
The 12 countries signed the declaration. =>
More than 40 drones were shot down. =>
Each family will receive 5 million roubles. =>
Eighteen boats were destroyed. =>
The force is 5,000 strong. =>
The plan would send 3,000 soldiers. =>
Doctors treated the child, 7, at the scene. =>
The strike hit at 04:20. =>
Route 60 was closed after two lorries collided. =>
"""
RUNNING_TEXT = r"""
Two of the 14 men aboard the trawler were plucked from the water; the other twelve have not been heard from.
    => 2 rescued; 14 on_board; 12 missing
Of the 212 who boarded in Zuwara, 61 came ashore alive, 19 bodies have been recovered and the rest are missing.
    => 212 on_board; 61 survived; 19 killed; v missing
Soldiers stationed in the valley said nine of their number had been killed and four taken away by the rebels.
    => 9 killed; 4 captured
The officers who trained the 600 volunteers have themselves been withdrawn. =>
Nine in ten of the injured were discharged the same day. => 90 released
The mission has documented the cases of 34 boys recruited by the militia, the youngest of them 12. => 34 recruited
Eighteen Ugandans, who had been promised jobs as guards, were killed within a month of arriving. => 18 killed
Police say they are holding three men over the shooting, which left a bus driver dead. => 3 detained; 1 killed
The blaze at the hostel, where 140 workers slept, killed 26 and put another 31 in hospital. => 26 killed; 31 wounded
"We pulled out eleven, all dead," a volunteer said. => 11 killed
A spokesman for the rescue service confirmed four deaths but would not say how many were missing. => 4 killed
Twelve of the fifteen hostages have now been freed; three died in captivity. => 12 released; 15 captured; 3 killed
The group says that 87 of its members have been arrested since January, of whom 40 remain in prison. => 87 detained; 40 detained
Aid workers said 19,000 had crossed into Chad by Friday, most of them women and children. => 19000 displaced
Some 3,200 people, among them 900 children, have been killed. => 3200 killed; 900 killed
Between January and June, 411 migrants drowned or went missing. => 411 killed+missing
The agency counted 1,312 dead and missing. => 1312 killed+missing
Nobody has claimed the bodies of the other seven. => 7 killed
Seven more bodies, still unclaimed, lie in the town morgue. => 7 killed
Four hundred and six coffins came back that year. => 406 body_returned
The regiment, 2,000 strong, lost a quarter of its men. => 25 killed
The army admits to having lost 311 men; its foes put the figure at more than 1,000. => 311 killed; 1000 killed
Officials had earlier given the number of dead as 19. => 19 killed
Earlier reports had spoken of 40 dead. => 40 killed
The ministry lowered its estimate from 60 to 45 dead. => 60 killed; 45 killed
The number of those killed in the crash rose overnight from 12 to 15. => 12 killed; 15 killed
As many as 70 people may have been on the boat, survivors said; 16 have been found alive. => 70 on_board; 16 rescued
Twenty-one survivors were taken to hospital, six of them in a serious condition. => 21 wounded; 6 wounded
He and eleven others were sentenced to death in absentia. => 11 detained
Since the truce took effect, 14 people have been shot dead and at least 30 wounded at the fence. => 14 killed; 30 wounded
At one hospital alone doctors treated 130 people, 12 of whom died. => 130 wounded; 12 killed
In Kharkiv region, two women were killed and a man of 60 was hurt when a glide bomb hit their house. => 2 killed; 1 wounded
The convoy was ambushed; eleven soldiers were killed, six wounded and two are missing. => 11 killed; 6 wounded; 2 missing
The exchange, the 68th since 2022, brought home 185 servicemen and 20 civilians. => 185 released; 20 released
Each side handed over 146 prisoners. => 146 released
Under the deal 1,000 prisoners from each side were to be exchanged. =>
Moscow returned 6,060 bodies and received 78. => 6060 body_returned; 78 body_returned
More than 70,000 Ukrainians are listed as missing, the commissioner said. => 70000 missing
Kyiv says that 32,000 people are considered missing under special circumstances. => 32000 missing
The contract soldiers numbered 54; the mobilised, 31. => 54 recruited; 31 recruited
From one village of 300 souls, 22 men have gone to the war and nine have been killed. => 22 recruited; 9 killed
Twelve hundred fighters laid down their weapons. => 1200 captured
A score of people were trampled. => 20 wounded
Half a dozen fishermen were lost at sea. => 6 missing
Nearly a hundred thousand have been put to flight. => 100000 displaced
No fewer than eleven journalists have been murdered this year. => 11 killed
Just one of the crew of 23 was saved. => 1 rescued; 23 on_board
One in three of those who enlisted has been killed. => 33 killed
For every soldier killed, three were wounded. =>
Two more succumbed to their wounds on Sunday, bringing the toll to 17. => 2 killed; 17 killed
The toll, which stood at 9 on Friday, had reached 31 by Sunday evening. => 9 killed; 31 killed
There were 240 people in the theatre when it was hit. =>
About 1,000 people had been sheltering in the basement. => 1000 displaced
The list runs to 3,300 names. => 3300 killed
So far 1,006 names have been entered in the book of the dead. => 1006 killed
The 14 dead included a boy of nine. => 14 killed
A gunman opened fire in a bar, killing three customers and wounding a fourth. => 3 killed
The shelling did not spare the hospital: two nurses and a patient died there. => 2 killed; 1 killed
They were among 19 miners who were underground at the time. => 19 on_board
Twenty were brought to the surface, four of them unconscious. => 20 rescued; 4 rescued
The Red Crescent buried 63 unidentified bodies. => 63 killed
Only 40 of the 118 bodies could be identified. => 40 killed; 118 killed
Relatives have recognised nine of the dead. => 9 identified
The court heard that 18 women had been trafficked. => 18 recruited
They dug 48 people out of the rubble, 17 of them still breathing. => 48 rescued; 17 survived
A drone hit a minibus. Four passengers died on the spot, a fifth in the ambulance. => 4 killed
At Al-Shifa hospital, staff said they had received 41 bodies and more than 100 injured since dawn. => 41 killed; 100 wounded
Health officials say 52 people have been killed since the morning, 23 of them while waiting for aid. => 52 killed; 23 killed
The strike on the school, where displaced families were sheltering, left 17 dead, including 5 children. => 17 killed; 5 killed
The army said it was looking into the incident, in which medics say 25 people died. => 25 killed
Rebels said they had lost 11 fighters and captured 40 government soldiers. => 11 killed; 40 captured
Police named the dead as two brothers aged 19 and 22. => 2 killed
At least 13 people, four of them foreigners, were abducted. => 13 captured; 4 captured
The embassy said two Nepalis had been killed, eight injured and 17 were out of contact. => 2 killed; 8 wounded; 17 missing
The return of 14 Cubans has been arranged. => 14 released
Of 14,000 enlisted since 2022, the bureau estimates, 5,000 have died. => 14000 recruited; 5000 killed
A bomb in the market square killed 7 and hurt 22, police said; a second device was defused. => 7 killed; 22 wounded
The victims, all men, were aged between 19 and 44. =>
Three suicide attackers were killed along with six policemen. => 3 killed; 6 killed
Fifteen militants and a soldier died in the clash. => 15 killed; 1 killed
Two hundred and forty-seven people survived and 81 did not. => 247 survived; 81 killed
Four did not survive. => 4 killed
Thirty passengers and the driver were unhurt. => 30 survived
Ninety more are in a critical condition. => 90 wounded
Over half of those hurt were under 18. => 50 wounded
Some 60% of the fallen were volunteers. => 60 killed
One soldier was killed and another wounded. => 1 killed; 1 wounded
Ten were killed on the spot, and two more later. => 10 killed; 2 killed
Nine people were killed in Aden, the health office said, and 14 in Taiz. => 9 killed; 14 killed
Deaths: 14. Injuries: 39. Missing: 3. => 14 killed; 39 wounded; 3 missing
Killed - 5, wounded - 12 => 5 killed; 12 wounded
Casualties (cumulative): killed 1,203; wounded 4,877; captured 59 => 1203 killed; 4877 wounded; 59 captured
District | Dead | Injured | Missing\nNorth | 12 | 40 | 3\nSouth | 4 | 9 | 0
    => 12 killed; 40 wounded; 3 missing; 4 killed; 9 wounded; 0 missing
Killed in March: 214\nKilled in April: 187 => 214 killed; 187 killed
Dead by nationality:\n- Uzbekistan: 66\n- Tajikistan: 72\n- Nepal: 70 => 66 killed; 72 killed; 70 killed
Tajikistan stands first with 72 dead, followed by Uzbekistan with 66. => 72 killed; 66 killed
Nepal has lost 70 men. => 70 killed
72 Tajik citizens have been killed; Nepal has 70. => 72 killed; 70 killed
The losses were made up of 6,278 officers, 16,600 mobilised men and 20,000 convicts.
    => 6278 casualties; 16600 casualties; 20000 casualties
Among the dead are 6,278 officers, 16,600 mobilised soldiers and 20,000 convicts. => 6278 killed; 16600 killed; 20000 killed
Foreign Minister Anna Saud told parliament that 12 citizens had been killed. => 12 killed
Twelve citizens have been killed, Foreign Minister Saud told parliament. => 12 killed
The ministry denied that 12 soldiers were killed. => 12 killed
The commander rejected claims that 40 of his men had surrendered. => 40 captured
Kyiv denies losing 5,000 men in the town. => 5000 killed
It is not true that 300 people drowned, the governor said. => 300 killed
Said the NGO, which monitors the border: "At least 60 people were detained." => 60 detained
Nobody survived the crash, in which 18 people were travelling. => 0 survived; 18 on_board
Neither of the two drivers was injured. => 0 wounded
Not one of the 33 aboard survived. => 0 survived; 33 on_board
None were killed but 12 were injured. => 0 killed; 12 wounded
The raid netted 45 suspects. => 45 detained
Another 22 turned themselves in. => 22 detained
As of 1 March the base held 4,120 names of dead Wagner fighters. => 4120 killed
Army recruiters had signed up 190 inmates by the end of the week. => 190 recruited
The first 40 were sent to the front after ten days of training. => 40 fighting
A landmine killed a shepherd and two of his children. => 1 killed; 2 killed
Three children were orphaned. =>
An earlier count of 51 proved too high: 47 people died. => 51 killed; 47 killed
Rescuers are still searching for at least 26 people feared buried under the mud. => 26 missing
Up to 400 prisoners broke out. => 400 released
The ferry, licensed for 150, was carrying 320. => 320 on_board
Its crew of nine got off safely. => 9 on_board
Five crew members jumped overboard and were rescued; the captain and a deckhand are missing. => 5 rescued; 1 missing
The bus was carrying 46 pilgrims, all of whom died. => 46 on_board
The plane came down with 61 people aboard; there were no survivors. => 61 on_board; 0 survived
Some 150 women have given birth in the camp. =>
The ceasefire monitors recorded 73 civilian casualties: 21 killed and 52 injured. => 73 casualties; 21 killed; 52 wounded
Civilian casualties: 73 (21 killed, 52 injured). => 73 casualties; 21 killed; 52 wounded
3 adults and 2 children lost their lives; 7 persons suffered burns. => 3 killed; 2 killed; 7 wounded
A hundred-odd people were arrested. => 100 detained
Upwards of 80 villagers have been massacred. => 80 killed
Close on 200 are dead. => 200 killed
Getting on for 50 were hurt. => 50 wounded
12 PEOPLE KILLED IN ATTACK ON BUS => 12 killed
TERRORISTS KILLED 4 PEASANTS AND WOUNDED 6 OTHERS => 4 killed; 6 wounded
SIX PEOPLE WERE KILLED AND FIVE WOUNDED TODAY WHEN A BOMB WENT OFF. => 6 killed; 5 wounded
The mission verified 174 civilian deaths in July, the highest monthly figure since May 2022. Another 925 civilians were
injured. Men accounted for 96 of the dead, women for 71 and children for seven.
    => 174 killed; 925 wounded; 96 killed; 71 killed; 7 killed
Q: How many did your company lose? A: Thirty-one in the first month. After that I stopped counting. => 31 killed
Of the 36 boys photographed that day, nineteen are dead, four are in captivity and two have lost their legs.
    => 36 other; 19 killed; 4 captured; 2 wounded
Enemy losses over the past day: 980 personnel, 11 tanks, 34 artillery systems. => 980 casualties
Our troops repelled 14 attacks. Up to 70 occupiers were destroyed; nine surrendered. => 70 killed; 9 captured
The ferry sank within minutes. Sixty-three of the passengers, mostly women returning from market, could not swim. Divers
have so far brought up 40 bodies.
    => 40 killed
A list pinned to the church door gave the names of 52 parishioners taken by the gunmen. Eight have since come back, the
priest said.
    => 52 captured; 8 released
In the square lay nine bodies under blankets. A medic said two more had died on the way to hospital. => 9 killed; 2 killed
He enlisted with six friends from the football club. He is the only one of the seven still living. => 6 recruited
The court in Rostov handed down sentences of between 13 and 24 years to fourteen captured fighters. Ten of them were
tried in absentia, having been exchanged in 2024.
    => 14 captured; 10 detained
The government's commissioner says 61,000 children have been taken to Russia. Fewer than 1,300 have been brought back.
    => 61000 displaced; 1300 released
Twelve nurses were among 70 staff marched away when the town fell. Their families have had word of only five.
    => 12 captured; 70 captured
After the siege was lifted, the Red Cross counted 340 wounded in the cellars of the factory, 60 of whom would not
survive the night.
    => 340 wounded; 60 killed
The figure of 1,500 dead given by the rebels could not be confirmed. Hospital records seen by this newspaper show 412.
    => 1500 killed; 412 killed
No fewer than 230 Nepalis are known to have joined; the true number may exceed 1,000. => 230 recruited; 1000 recruited
Eighty per cent of those mobilised from the valley have been killed or wounded, villagers say. => 80 killed+wounded
Nearly one in four of the dead was under eighteen. => 25 killed
Three generations of one family – a grandmother, her two daughters and five grandchildren – died when the shell struck.
    => 1 killed; 2 killed; 5 killed
The trawler picked up 112 people, among them nine children; four had died of thirst. => 112 rescued; 9 rescued; 4 killed
Pakistan said it had lost 14 soldiers, India eight. Independent monitors put the combined toll at no fewer than 40.
    => 14 killed; 8 killed; 40 killed
The bishop buried seven of his priests that Easter. => 7 killed
Some 4,500 have passed through the filtration camp; around 300 have not come out. => 300 missing
The bus, hired to take 49 pensioners to the coast, overturned near Sliven. Nineteen walked away; the rest are in
hospital, five of them critical.
    => 19 survived; v wounded; 5 wounded
Two of the blast victims were identified by their sisters; eleven remain nameless. => 2 identified; 11 killed
Since 2017 the prison has held some 900 foreigners, a third of whom were freed in the spring exchange.
    => 900 detained; 33 released
A patrol found the camp empty but for three old women. The 200 others had fled in the night. => 200 displaced
Authorities lowered the toll from 187 to 161 after remains were matched. => 187 killed; 161 killed
We know of 14 suicides in the unit. => 14 killed
She lost a husband and two sons to the war. => 2 killed
Six died instantly. A seventh, a conscript of 19, died in the helicopter. => 6 killed
Gunfire from a rooftop cut down four demonstrators and a reporter. => 4 killed; 1 killed
They included 22 women, three of them pregnant. =>
The shipowner insists there were 23 on board, not 25 as first stated. => 23 on_board; 25 on_board
It is feared that as many as 120 went down with the vessel. => 120 killed
Mines have maimed 70 farmers in the district since the harvest began. => 70 wounded
On Friday alone the crossing admitted 6,200 refugees. => 6200 displaced
Eleven officers resigned and 240 recruits deserted. =>
The museum displays the letters of 40 soldiers. =>
The school had 400 pupils before the war; today there are 31. =>
About 3,000 mourners followed the coffins. =>
The league has 14 clubs and some 300 players. =>
Each company has 120 men. =>
Police used 12 officers and two dogs to search the house. =>
The plant employs 2,600. =>
Its 44 members meet on Thursdays. =>
Tickets were sold to 900 people. =>
Some 8 million watched the broadcast. =>
The commander of the 40-strong unit was killed. =>
At 19 he was the youngest in the platoon. =>
FLASH UPDATE No. 7\n\nKey figures\n\n• 1,204 deaths\n• 3,870 injured\n• 310 people missing\n• 48,000 people displaced\n•
212 schools damaged
    => 1204 killed; 3870 wounded; 310 missing; 48000 displaced
Humanitarian needs: 2.1 million people. Shelter: 48 sites host 36,000 displaced persons. => 36000 displaced
The cholera outbreak has claimed 78 lives, with 2,300 cases reported. => 78 killed
Heavy fighting in the town of Kalva on Tuesday forced another 5,000 from their homes, the UN said. => 5000 displaced
According to the shipping line, all 24 seafarers, 20 of them Filipinos, are safe. => 24 rescued; 20 rescued
Methane took 15 lives at the colliery; 98 men got out. => 15 killed; 98 rescued
Armed men stopped a bus near Mora, separated the Christians from the rest and shot 11 of them. => 11 killed
Turnout was marred by violence that left six voters dead and ballot boxes burnt. => 6 killed
A statement by the foreign ministry in Colombo put at 550 the number of Sri Lankans who have joined the Russian army.
    => 550 recruited
Colombo says 59 of them have been killed. => 59 killed
Some 40 Indians are said to have been enlisted by force; 16 are unaccounted for and 12 dead, Delhi told the Supreme
Court.
    => 40 recruited; 16 missing; 12 killed
In the last exchange, 84 came home, among them 22 who had been held since Mariupol. => 84 released; 22 detained
Today we said farewell to three of our brothers. => 3 killed
Glory to the fallen! In May the battalion lost 14 men, 60 were wounded. => 14 killed; 60 wounded
The enemy left 30 corpses on the field and 4 prisoners in our hands. => 30 killed; 4 captured
Minus 200 orcs. =>
The coach had 53 seats, all taken. =>
Firefighters found 6 people dead on the second floor. Nine were treated for burns, one of them a fireman.
    => 6 killed; 9 wounded; 1 wounded
The last of the 33 bodies was lifted out on Thursday. => 33 killed
The regime has hanged 834 people this year, 23 of them women, according to Iran Human Rights. => 834 killed; 23 killed
Judges upheld the death sentences of five men. => 5 detained
At dawn police dragged 60 students out of the dormitory; by noon 45 had been let go. => 60 detained; 45 released
Protest organisers say 220 were arrested; police speak of 93. => 220 detained; 93 detained
Of 1,380 complaints of enforced disappearance, 212 persons have been traced alive and 48 dead. => 212 survived; 48 killed
Volunteers gathered the remains of 19 soldiers of the Great War. => 19 killed
Unidentified: 4. Identified: 17. => 17 identified
"My brother is one of the 14," she said, "and there are two more from our street." =>
Three of his sons were at the front; one fell at Bakhmut. => 3 fighting; 1 killed
The youngest of the nine victims was six. => 9 killed
A pregnant woman and her three children were among the dead. => 1 killed; 3 killed
A 30-strong gang attacked the mine, killing 12 and carrying off 9 Chinese workers. => 12 killed; 9 captured
Fifty-two asylum seekers were pushed back at sea; one has not been seen since. => 52 displaced; 1 missing
Over the winter, cold killed at least 26 people living in tents. => 26 killed
Between them the two brigades had 210 killed. => 210 killed
The number of foreigners in captivity has grown from 8 in 2022 to 217. => 8 captured; 217 captured
Within a year, the share of convicts among the dead fell from 48% to 19%. => 48 killed; 19 killed
Two Swedes and a Finn, serving with the medical battalion, died when their ambulance hit a mine. => 2 killed
The smugglers had crammed 71 people into the lorry. None came out alive. => 71 on_board; 0 survived
It was the deadliest day since the war began: 112 dead, twice as many hurt. => 112 killed
Lebanon's health ministry counted 31 martyrs and 149 wounded. => 31 killed; 149 wounded
Twelve soldiers of the 110th Brigade are being tried for mutiny. =>
Of every ten who leave, three do not return. =>
The commission visited 9 prisons and interviewed 312 inmates. =>
A crowd of 400 gathered outside the gates. =>
The convoy of 40 trucks carried food for 90,000 people. =>
The Wagner database kept by Mediazona contained 19,500 names of men who died near Bakhmut, 17,000 of them convicts.
    => 19500 killed; 17000 killed
Leaked lists show that 1,451 foreigners signed on at the Moscow recruiting centre in a single year, 316 of them Cubans.
    => 1451 recruited; 316 recruited
A third of the Cubans on the list are already dead, the channel claims. => 33 killed
"They promised us we would be guards. Of the sixteen in my group three are alive," said Samuel, 25. => 3 survived
In Q1 the recruiters filled 87 per cent of their quota. =>
The embassy has repatriated 43 nationals and is assisting a further 18. => 43 released
So far nine Bangladeshis have come back in coffins. => 9 killed
Two hundred Yemenis flew to Rostov in July; a cousin of one of them says a dozen have been killed. => 12 killed
The brigade's chaplain keeps a notebook with 311 names. The latest six were added on Sunday. => 311 killed; 6 killed
Officials played down the incident, saying only that "several servicemen" had been hurt. => v wounded
More bodies were found in the marsh overnight, raising the toll to 39, of whom 14 are women. => 39 killed; 14 killed
By evening 1,150 wounded had passed through the triage tents. => 1150 wounded
The district hospital, which has 40 beds, took in 130 casualties. => 130 casualties
Rockets killed two in Sderot and seven across the border, medics on each side reported. => 2 killed; 7 killed
Thirty-nine of the rescued are minors travelling alone. => 39 rescued
An estimated one million people are on the move. => 1000000 displaced
Almost 90 per cent of Gaza's population has been displaced at least once. => 90 displaced
The authorities evacuated 14 villages with a combined population of 6,300. =>
The coup cost eleven lives, by the junta's count. => 11 killed
Prosecutors charged seven guards over the deaths of 23 inmates. => 23 killed
Eleven years after the disappearance of the 43 students, three have been identified. => 43 missing; 3 identified
Soldiers opened fire on the march. A doctor at the clinic said he treated 27 gunshot victims and closed the eyes of
eight.
    => 27 wounded
Not all of the 60 passengers wore life jackets; 22 were lost. => 22 killed
The avalanche swept nine skiers into a gully. Seven dug themselves out. => 7 rescued
Six of the trapped miners tapped on the pipes until Thursday. => 6 missing
Nobody in the second vehicle was harmed. => 0 wounded
The driver and all but one of his passengers perished. =>
The epidemic, which has sickened 900, has so far spared the camp. =>
Since 1 June the hotline has logged 1,070 reports of missing relatives. =>
A video shows at least five men in uniform being shot after they raise their hands. => 5 killed
A fourth member of the crew died in hospital on Saturday, a union official said. =>
The raiders drove off 200 cattle and took 14 women and children with them. => 14 captured
Gang members set fire to the bus; 14 people inside burned to death. => 14 killed
Eyewitnesses described at least ten bodies floating in the harbour. => 10 killed
The trial of 62 people accused of joining the insurgency opened on Monday. =>
A judge freed 19 of the detained students and sent the remaining 33 back to their cells. => 19 released; 33 detained
In the month to 15 August the monitors logged 88 killed, 230 hurt and 41 abducted. => 88 killed; 230 wounded; 41 captured
Own losses: 2 KIA, 5 WIA, 1 MIA. => 2 killed; 5 wounded; 1 missing
1 dead, 3 injured in Leeds stabbing => 1 killed; 3 wounded
Toll from dam collapse nears 300 => 300 killed
Nine feared drowned as pilgrims' boat capsizes => 9 killed
Dozens hurt, scores held in stadium riot => 12 wounded; 20 detained
Kenya: 42 abducted critics still missing, says rights body => 42 captured
Last 12 hostages walk free => 12 released
Landslide buries 60 => 60 killed
No survivors among 179 on crashed jet => 0 survived
Fewer than 20 of the 500 villagers stayed. =>
The party lost 14 seats. =>
The team lost three players to injury. =>
Shares in the firm lost 12 per cent. =>
The regiment has 40 tanks and 2,000 men. =>
Of the 311 Cameroonians on the payroll, 94 have been killed, the list shows. => 311 other; 94 killed
A single strike on a training ground outside Poltava killed 58 cadets and wounded more than 270. => 58 killed; 270 wounded
At first light the villagers counted their dead: nineteen. => 19 killed
The dead were two sisters, 8 and 11, and their uncle. => 2 killed
Twenty-eight people were trapped when the lift cable snapped; by Sunday all had been brought up alive. => 28 missing
Fifty hostages remain in the tunnels, of whom the army believes twenty are alive. => 50 captured; 20 survived
Hamas is to hand over the remains of four more captives tonight. =>
Russia's defence ministry said it had downed 44 drones; fragments injured two people in Tula. => 2 wounded
Ukraine's General Staff put Russian losses at 1,110 in 24 hours. => 1110 casualties
Independent researchers have confirmed the deaths of 121,507 Russian soldiers; the real figure is believed to be about
twice that.
    => 121507 killed
Since the start of the year 214 Tajik citizens have been expelled. => 214 displaced
In all, 37 nationals of Togo are being held in Ukraine as prisoners of war. => 37 captured
The government has so far paid compensation to the families of 59 dead soldiers. => 59 killed
Mothers of 26 recruits have written to the president. =>
Insurgents overran the post, killing all but two of its defenders. =>
The ministry's spokesman put the number of wounded at 60, ten of them children. => 60 wounded; 10 wounded
Two of the seven who deserted have been caught and shot. => 2 killed
Another boat, with some 60 people on it, was last heard from on Tuesday. => 60 missing
About half of the 140 pupils got out before the roof caved in. => 50 rescued; 140 other
An airstrike flattened a market in Tora, where at least 200 traders and shoppers died. => 200 killed
Three gendarmes died of their injuries, taking the toll from Thursday's ambush to 17. => 3 killed; 17 killed
Nearly 400 police officers, 60 of them with broken bones, were hurt. => 400 wounded; 60 wounded
The cull killed 400 reindeer. =>
The virus killed 14 patients and infected 90 staff. => 14 killed
The remaining 48 captives will be freed in stages. => 48 captured
Ten thousand Kenyans applied for the jobs. =>
At least 11 million Sudanese have been forced from their homes. => 11000000 displaced
The unit of 120 went in; 17 returned. => 17 released
The airline said that 62 of its passengers and all five crew were being treated. => 62 wounded; 5 wounded
"""


def _cases(table: str) -> list[tuple[str, str]]:
    """Return the sentences of a table, a long one over several lines, with what they claim."""
    found = []
    words: list[str] = []
    for line in table.strip().splitlines():
        text, mark, wanted = line.partition("=>")
        words.append(text.strip())
        if mark:
            found.append((" ".join(filter(None, words)).replace("\\n", "\n"), wanted.strip()))
            words = []
    return found


def _write(claim: Claim) -> str:
    value = claim.low if claim.low is not None else claim.high
    return f"{'v' if value is None else format(value, '.15g')} {claim.outcome}"


@pytest.mark.parametrize(("text", "wanted"), _cases(DYING))
def test_english_words_of_dying_give_their_claims(text: str, wanted: str) -> None:
    assert "; ".join(map(_write, read_claims(text, "en").claims)) == wanted


@pytest.mark.parametrize(("text", "wanted"), _cases(WOUNDS))
def test_english_words_of_wounds_give_their_claims(text: str, wanted: str) -> None:
    assert "; ".join(map(_write, read_claims(text, "en").claims)) == wanted


@pytest.mark.parametrize(("text", "wanted"), _cases(MISSING))
def test_english_words_of_missing_give_their_claims(text: str, wanted: str) -> None:
    assert "; ".join(map(_write, read_claims(text, "en").claims)) == wanted


@pytest.mark.parametrize(("text", "wanted"), _cases(CAPTURE))
def test_english_words_of_capture_give_their_claims(text: str, wanted: str) -> None:
    assert "; ".join(map(_write, read_claims(text, "en").claims)) == wanted


@pytest.mark.parametrize(("text", "wanted"), _cases(DETENTION))
def test_english_words_of_detention_give_their_claims(text: str, wanted: str) -> None:
    assert "; ".join(map(_write, read_claims(text, "en").claims)) == wanted


@pytest.mark.parametrize(("text", "wanted"), _cases(RELEASE))
def test_english_words_of_release_give_their_claims(text: str, wanted: str) -> None:
    assert "; ".join(map(_write, read_claims(text, "en").claims)) == wanted


@pytest.mark.parametrize(("text", "wanted"), _cases(RECRUITMENT))
def test_english_words_of_recruitment_give_their_claims(text: str, wanted: str) -> None:
    assert "; ".join(map(_write, read_claims(text, "en").claims)) == wanted


@pytest.mark.parametrize(("text", "wanted"), _cases(FIGHTING))
def test_english_words_of_fighting_give_their_claims(text: str, wanted: str) -> None:
    assert "; ".join(map(_write, read_claims(text, "en").claims)) == wanted


@pytest.mark.parametrize(("text", "wanted"), _cases(DISPLACEMENT))
def test_english_words_of_displacement_give_their_claims(text: str, wanted: str) -> None:
    assert "; ".join(map(_write, read_claims(text, "en").claims)) == wanted


@pytest.mark.parametrize(("text", "wanted"), _cases(RESCUE))
def test_english_words_of_rescue_give_their_claims(text: str, wanted: str) -> None:
    assert "; ".join(map(_write, read_claims(text, "en").claims)) == wanted


@pytest.mark.parametrize(("text", "wanted"), _cases(IDENTIFICATION))
def test_english_words_of_identification_give_their_claims(text: str, wanted: str) -> None:
    assert "; ".join(map(_write, read_claims(text, "en").claims)) == wanted


@pytest.mark.parametrize(("text", "wanted"), _cases(GRAMMAR))
def test_english_grammar_gives_its_claims(text: str, wanted: str) -> None:
    assert "; ".join(map(_write, read_claims(text, "en").claims)) == wanted


@pytest.mark.parametrize(("text", "wanted"), _cases(NO_CLAIM))
def test_english_numbers_that_claim_nothing_give_none(text: str, wanted: str) -> None:
    assert "; ".join(map(_write, read_claims(text, "en").claims)) == wanted


@pytest.mark.parametrize(("text", "wanted"), _cases(RUNNING_TEXT))
def test_english_running_text_gives_its_claims(text: str, wanted: str) -> None:
    assert "; ".join(map(_write, read_claims(text, "en").claims)) == wanted
