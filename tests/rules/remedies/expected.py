"""What each workflow should be, written by hand from what was promised, so that a cell that is changed in the code turns red.

Nothing here is made from the tables of the code, and nothing in the code is made from this. One line is one act: from these
states to that one (``=``: it stays), by whom, by how many people, with which letter. Whatever is not here is refused.

Who: P the person, or whoever acts for them · A anybody · C a caseworker · 2 a second caseworker · H a chief · S the source that
supplied or decided · R whoever was told · K the clock alone. How many: ``1`` anybody of these; ``1free`` one who took no part in
what is contested; ``2`` another than who proposed it; ``2free`` both.
"""

from __future__ import annotations

EXPECTED = """
objection: upheld for, rejected against, taken_back neither
  submit             new                                                            checking    P C    1      -
  join  checking forwarded extended heard admitted proposed removed restoring       =           P C    1      -
  add_paper          checking forwarded extended heard removed                      =           P C    1      -
  add_paper          proposed                                                       heard       P C    1      -
  add_paper          restoring                                                      removed     P C    1      -
  find               checking forwarded extended heard removed                      =           P C    1      -
  find               proposed                                                       heard       P C    1      -
  find               restoring                                                      removed     P C    1      -
  forward            checking                                                       forwarded   C      1      -
  skip_supplier      checking                                                       heard       C      1      -
  extend             forwarded                                                      extended    H      1      -
  stand_by           forwarded extended                                             heard       S      1free  -
  admit              forwarded extended heard proposed removed restoring            admitted    S      1      -
  uphold   checking forwarded extended heard admitted proposed removed restoring    upheld      C 2    1free  for
  propose_against    heard                                                          proposed    C      1free  -
  propose_against    removed                                                        restoring   C      1free  -
  agree              proposed                                                       rejected    2      2free  against
  agree              restoring                                                      rejected    2      2free  readmitted
  disagree           proposed                                                       heard       2      2      -
  disagree           restoring                                                      removed     2      2      -
  take_back          checking forwarded extended heard proposed removed restoring   taken_back  P      1      outcome
  lapse              checking forwarded extended heard proposed                     removed     K      1      -

correction: acknowledged for
  correct            new                                                            effective     S C  1      -
  withdraw           new                                                            effective     S C  1      -
  recall             new                                                            effective     S C  1      -
  acknowledge        effective listed                                               =             R    1      -
  acknowledge_last   effective listed                                               acknowledged  R C  1      outcome
  lapse              effective                                                      listed        K    1      -

sibling: righted for, cleared against
  sweep_in           new                                                            reviewed    S C    1      -
  uphold             reviewed proposed removed restoring                            righted     S C    1      for
  propose_against    reviewed                                                       proposed    C      1free  -
  propose_against    removed                                                        restoring   C      1free  -
  agree              proposed                                                       cleared     2      2free  against
  agree              restoring                                                      cleared     2      2free  readmitted
  disagree           proposed                                                       reviewed    2      2      -
  disagree           restoring                                                      removed     2      2      -
  lapse              reviewed proposed                                              removed     K      1      -

readmission: back against, out for
  ask_back           new                                                            asked       S      1      -
  keep_out           asked proposed                                                 out         C 2    1free  for
  propose_against    asked                                                          proposed    C      1free  -
  agree              proposed                                                       back        2      2free  readmitted
  disagree           proposed                                                       asked       2      2      -
  lapse              asked proposed                                                 out         K      1      outcome

repair: repaired for, refused against, taken_back neither
  submit             new                                                            filed       P C    1      -
  join               filed waiting accepted proposed removed restoring              =           P C    1      -
  add_paper          filed accepted removed                                         =           P C S  1      -
  add_paper          waiting                                                        filed       P C S  1      -
  add_paper          proposed                                                       accepted    P C S  1      -
  add_paper          restoring                                                      removed     P C S  1      -
  ask_papers         filed                                                          waiting     S      1      -
  accept             filed                                                          accepted    S      1      -
  repair             filed accepted                                                 repaired    S      1free  for
  repair             proposed                                                       repaired    S 2    1free  for
  repair             removed                                                        repaired    S C    1free  for
  repair             restoring                                                      repaired    S C 2  1free  for
  propose_against    filed accepted                                                 proposed    S      1free  -
  propose_against    removed                                                        restoring   S      1free  -
  agree              proposed                                                       refused     2      2free  against
  agree              restoring                                                      refused     2      2free  readmitted
  disagree           proposed                                                       accepted    2      2      -
  disagree           restoring                                                      removed     2      2      -
  take_back          filed waiting accepted proposed removed restoring              taken_back  P      1      outcome
  lapse              filed                                                          accepted    K      1      -
  lapse              accepted proposed                                              removed     K      1      -

more_time: granted for, refused against, taken_back neither
  submit             new                                                            asked       P C    1      -
  join               asked proposed unanswered                                      =           P C    1      -
  add_paper          asked unanswered                                               =           P C    1      -
  add_paper          proposed                                                       asked       P C    1      -
  grant              asked proposed unanswered                                      granted     S 2    1      for
  propose_against    asked unanswered                                               proposed    S      1free  -
  agree              proposed                                                       refused     2      2free  against
  disagree           proposed                                                       asked       2      2      -
  take_back          asked proposed unanswered                                      taken_back  P      1      outcome
  lapse              asked                                                          unanswered  K      1      -

statement: taken_back neither
  write              new standing proposed masked                                   standing    P C    1      -
  propose_against    standing                                                       proposed    C      1free  -
  agree              proposed                                                       masked      2      2free  against
  disagree           proposed                                                       standing    2      2      -
  take_back          standing proposed masked                                       taken_back  P      1      outcome
  lapse              proposed                                                       standing    K      1      -

interview: followed_up neither, unsigned neither, declined neither, unanswered neither, cancelled neither
  invite             new                                                            invited     S C    1      -
  accept             invited                                                        agreed      P      1      -
  hold               agreed                                                         held        S C    1      -
  sign               held                                                           =           P S C  1      -
  sign_last          held                                                           signed      P S C  1      -
  follow_up          signed                                                         followed_up S C    1      outcome
  close_unsigned     held                                                           unsigned    S C    1      outcome
  cancel             invited agreed                                                 cancelled   S C    1      outcome
  decline            invited agreed                                                 declined    P      1      outcome
  lapse              invited                                                        unanswered  K      1      outcome

commitment: fulfilled for, broken against, taken_back neither
  promise            new                                                            made        P      1      -
  report             made proposed                                                  reported    P      1      -
  confirm            made reported proposed contested                               fulfilled   S C 2  1      for
  propose_against    made                                                           proposed    S C    1free  -
  propose_against    reported                                                       contested   S C    1free  -
  agree              proposed contested                                             broken      2      2free  against
  disagree           proposed                                                       made        2      2      -
  disagree           contested                                                      reported    2      2      -
  take_back          made reported proposed contested                               taken_back  P      1      outcome
  lapse              reported contested                                             fulfilled   K      1      outcome

appeal: annulled for, changed for, ended against, taken_back neither
  tell_reconsideration  new                                                         reconsidered  P C S  1      -
  tell_lawsuit          new reconsidered unanswered confirmed                       in_court      P C S  1      -
  take_annulled  reconsidered unanswered in_court proposed proposed_by_court confirmed  annulled  S C 2  1      for
  take_changed   reconsidered unanswered in_court proposed proposed_by_court confirmed  changed   S C 2  1      for
  propose_against    reconsidered unanswered                                        proposed      S C    1free  -
  propose_against    in_court                                                       proposed_by_court  S C  1free  -
  agree              proposed                                                       confirmed     2      2free  ruled
  agree              proposed_by_court                                              confirmed     2      2free  judged
  disagree           proposed                                                       reconsidered  2      2      -
  disagree           proposed_by_court                                              in_court      2      2      -
  take_back  reconsidered unanswered in_court proposed proposed_by_court confirmed  taken_back    P      1      outcome
  lapse              reconsidered                                                   unanswered    K      1      -
  lapse              confirmed                                                      ended         K      1      outcome

complaint: founded for, unfounded against, taken_back neither
  submit             new                                                            received    P A C  1      -
  add_paper          received late                                                  =           P A C  1      -
  add_paper          proposed                                                       received    P A C  1      -
  uphold             received proposed late                                         founded     C H 2  1free  for
  propose_against    received late                                                  proposed    C H    1free  -
  agree              proposed                                                       unfounded   2      2free  against
  disagree           proposed                                                       received    2      2      -
  take_back          received proposed late                                         taken_back  P A    1      outcome
  lapse              received                                                       late        K      1      -
"""
