"""What is begun in the first half of the term: see `term_story`."""

BEGUN = {
    "lee": """
        Fri 25 Sep 15:00 lee leaves_to priya 2026-09-28 2026-10-02
        Mon 28 Sep 07:30 lee away
        Mon 28 Sep 08:30 > priya: cover begins           # his cover, on the first morning, with what is still his
        Fri 2 Oct 16:00 lee back
    """,
    "priya": """
        Wed 30 Sep 13:55 priya away
        Wed 30 Sep 16:00 priya back
    """,
    "gate": """
        Thu 3 Sep 09:00 tess raises today
        Thu 3 Sep 09:30 > dana: chase today_30           # 30 minutes of school: the deputies
        Thu 3 Sep 09:30 > tess: ring today_30            # who reported it reads each rung that passes
        Thu 3 Sep 10:00 > lee priya: chase today_60      # 60: the leads
        Thu 3 Sep 10:00 > tess: ring today_60
        Thu 3 Sep 11:00 > helen: chase today_120         # 120: the head
        Thu 3 Sep 11:00 > tess: ring today_120
        Thu 3 Sep 11:20 priya accepts                    # so that nobody else is told at 14:45
        Thu 3 Sep 14:45 > priya: chase near              # 45 minutes before home time: its owner
        Thu 3 Sep 15:30 > lee priya dana helen: chase undecided_0   # the bell: to all who have it by now
        Thu 3 Sep 15:30 > tess: ring now_0
        Thu 3 Sep 15:35 > lee priya dana helen: chase undecided_5
        Thu 3 Sep 15:35 > tess: ring undecided_5
        Thu 3 Sep 15:40 > lee priya dana helen: chase undecided_10
        Thu 3 Sep 15:40 > tess: ring undecided_10
        Thu 3 Sep 15:45 > lee priya dana helen: chase undecided_15
        Thu 3 Sep 15:45 > tess: ring undecided_15
        Thu 3 Sep 16:00 > lee priya dana helen: chase undecided_30
        Thu 3 Sep 16:00 > tess: ring undecided_30
        Thu 3 Sep 16:10 priya safe                       # until school opens on Friday
        Fri 4 Sep 08:30 > priya: chase decide            # her word ends, and the decision is due
        Fri 4 Sep 14:45 > priya: chase near
        Fri 4 Sep 15:10 priya safe                       # until Monday
        Mon 7 Sep 08:30 > priya: chase decide
        Mon 7 Sep 09:05 priya decides early_help medium
        Mon 5 Oct 08:30 > priya: chase review            # early help: 4 weeks
        Tue 6 Oct 08:30 > lee priya dana helen: chase review_plus_1
        Tue 6 Oct 10:00 priya closes
        Thu 8 Oct 10:00 > lee dana helen: chase sign_off # 2 school days, to those who may
        Fri 9 Oct 10:00 > lee priya dana helen: chase sign_off_plus_1
        Fri 9 Oct 11:00 lee signs
    """,
    "night": """
        Fri 4 Sep 23:40 tom raises now                   # day or night
        Fri 4 Sep 23:45 > dana: chase now_5
        Fri 4 Sep 23:45 > tom: ring now_5
        Fri 4 Sep 23:50 > helen: chase now_10
        Fri 4 Sep 23:50 > tom: ring now_10
        Fri 4 Sep 23:55 > lee priya dana helen: chase now_15
        Fri 4 Sep 23:55 > tom: ring now_15
        Sat 5 Sep 00:10 > lee priya dana helen: chase again_30   # until somebody has it
        Sat 5 Sep 00:10 > tom: ring again_30
        Sat 5 Sep 00:20 dana accepts
        Sat 5 Sep 02:20 > lee priya dana helen: chase undecided_0   # no child in school: 2 hours, and no weekend
        Sat 5 Sep 02:25 > lee priya dana helen: chase undecided_5
        Sat 5 Sep 02:25 > tom: ring undecided_5
        Sat 5 Sep 02:30 > lee priya dana helen: chase undecided_10
        Sat 5 Sep 02:30 > tom: ring undecided_10
        Sat 5 Sep 02:35 > lee priya dana helen: chase undecided_15
        Sat 5 Sep 02:35 > tom: ring undecided_15
        Sat 5 Sep 02:40 dana decides support high
        Mon 19 Oct 08:30 > dana: chase review            # 6 weeks is Saturday the 17th: the next school morning
        Mon 19 Oct 09:10 dana closes
        Mon 19 Oct 10:10 lee signs
    """,
    "sunday": """
        Sun 6 Sep 20:00 mina raises record               # its clock stands still until Monday 08:30
        Tue 8 Sep 15:30 > lee priya: chase record_2d     # two school days, Monday and Tuesday, have passed
        Tue 8 Sep 16:00 lee accepts
        Fri 11 Sep 15:30 > lee: chase decide             # three: Wednesday, Thursday, Friday
        Mon 14 Sep 09:05 lee decides nothing low
        Mon 14 Sep 09:05 lee closes
    """,
    "toilets": """
        Mon 7 Sep 10:00 ravi raises week
        Mon 7 Sep 14:00 > dana: chase week_4h            # 4 school hours
        Tue 8 Sep 10:00 > lee priya: chase week_1d       # 1 day
        Tue 8 Sep 10:30 priya accepts
        Wed 9 Sep 10:30 > priya: chase decide            # 1 working day after acceptance
        Thu 10 Sep 10:30 > lee priya dana: chase decide_plus_1
        Thu 10 Sep 11:00 priya decides monitoring medium
        Tue 20 Oct 10:00 priya assigns tess meet 2026-10-23
        Thu 22 Oct 08:30 > priya: chase review           # monitoring: 6 weeks
        Thu 22 Oct 15:30 > tess: action day_before       # due when school closes on Friday
        Fri 23 Oct 08:30 > lee priya dana: chase review_plus_1
        Fri 23 Oct 15:30 > tess: action due
        Tue 3 Nov 15:30 > tess: action plus_1            # half-term and the INSET day do not count
        Wed 4 Nov 15:30 > tess: action plus_2
        Wed 4 Nov 15:30 > priya: overdue plus_2          # the owner of the concern
        Thu 5 Nov 15:30 > tess: action plus_3
        Thu 5 Nov 15:30 > lee priya dana: overdue plus_3 # and the leads
        Fri 6 Nov 09:00 tess finishes
        Fri 6 Nov 10:00 priya verifies
        Fri 6 Nov 10:00 priya closes
        Fri 6 Nov 10:30 dana signs
    """,
    "poem": """
        Wed 9 Sep 08:00 jo raises today                  # before school: its half hour ends at 09:00
        Wed 9 Sep 08:50 lee accepts
        Wed 9 Sep 13:00 lee decides monitoring low
        Wed 9 Sep 13:00 lee closes
    """,
    "swim": """
        Sat 12 Sep 11:00 tess raises week                # four school hours end on Monday at 12:30
        Mon 14 Sep 11:00 priya accepts
        Tue 15 Sep 10:00 priya decides monitoring low
        Tue 15 Sep 10:00 priya closes
    """,
    "phone": """
        Tue 15 Sep 12:00 tom raises today
        Tue 15 Sep 12:20 dana accepts
        Tue 15 Sep 14:30 dana decides support low
        Tue 15 Sep 14:30 dana closes
    """,
    "corridor": """
        Wed 16 Sep 14:30 sol quick today
        Wed 16 Sep 14:45 > dana: chase home_time         # 45 minutes before the day ends, before its half hour
        Wed 16 Sep 14:45 > sol: ring home_time
        Wed 16 Sep 14:45 > sol: draft draft_complete     # the rest of a quick one, the same day
        Wed 16 Sep 14:50 lee accepts
        Wed 16 Sep 15:10 lee decides monitoring low
        Thu 17 Sep 09:30 sol completes
        Thu 17 Sep 12:00 lee closes
    """,
    "bus": """
        Wed 16 Sep 18:10 mina quick week
        Thu 17 Sep 08:30 > mina: draft draft_complete    # out of hours: the next school morning, once
        Thu 17 Sep 09:10 lee accepts
        Fri 18 Sep 09:00 lee decides monitoring low
        Fri 18 Sep 09:00 lee closes
    """,
    "fence": """
        Fri 18 Sep 13:00 jo raises week
        Fri 18 Sep 13:30 priya accepts
        Fri 18 Sep 14:00 priya assigns tom call_home     # today is today: by the bell, not three school hours on
        Fri 18 Sep 15:30 > tom: action due               # a day before it there was no action yet
        Mon 21 Sep 10:30 tom finishes
        Mon 21 Sep 11:05 priya verifies
        Mon 21 Sep 11:10 priya decides support low
        Mon 21 Sep 11:10 priya closes
    """,
    "left": """
        Mon 21 Sep 11:00 ravi begins today               # and never sends it
        Mon 21 Sep 11:30 > ravi: draft draft_half_hour
        Tue 22 Sep 08:30 > ravi: draft draft_morning
        Thu 24 Sep 11:00 > ravi lee priya dana: draft draft_leads   # 72 hours
        Fri 2 Oct 08:30 > ravi: draft draft_last         # the school day before it ends, two weeks on
    """,
    "jumper": """
        Mon 21 Sep 13:00 mina raises week
        Mon 21 Sep 15:00 priya accepts
        Tue 22 Sep 14:00 priya decides monitoring low
        Tue 22 Sep 14:00 priya closes
    """,
    "bruise": """
        Thu 24 Sep 09:00 jo raises record
        Thu 24 Sep 09:30 lee accepts
        Tue 29 Sep 09:30 > lee priya: chase decide       # three school days after its acceptance; she hears for him
        Tue 29 Sep 13:55 priya covers
        Tue 29 Sep 14:00 priya decides nothing low
        Tue 29 Sep 14:00 priya closes
    """,
    "song": """
        Fri 25 Sep 16:00 ravi raises today woken         # after school on Friday: it does not wait for Monday
        Fri 25 Sep 16:05 > dana: chase now_5
        Fri 25 Sep 16:05 > ravi: ring now_5
        Fri 25 Sep 16:10 > helen: chase now_10
        Fri 25 Sep 16:10 > ravi: ring now_10
        Fri 25 Sep 16:15 > lee priya dana helen: chase now_15
        Fri 25 Sep 16:15 > ravi: ring now_15
        Fri 25 Sep 16:25 priya accepts
        Fri 25 Sep 17:30 priya decides monitoring low    # within her 2 hours
        Fri 25 Sep 17:30 priya closes
    """,
    "assembly": """
        Tue 29 Sep 10:00 tess raises now                 # one lead is away, the other is here: nobody is passed over
        Tue 29 Sep 10:05 > dana: chase now_5
        Tue 29 Sep 10:05 > tess: ring now_5
        Tue 29 Sep 10:07 dana accepts
        Tue 29 Sep 11:30 dana decides support low
        Tue 29 Sep 11:30 dana closes
    """,
    "trip": """
        Wed 30 Sep 14:00 tom raises now
        Wed 30 Sep 14:00 > dana: chase passed_over_0     # both leads are out of office
        Wed 30 Sep 14:00 > tom: ring passed_over_0
        Wed 30 Sep 14:03 dana accepts
        Wed 30 Sep 14:45 > dana: chase near
        Wed 30 Sep 15:30 > lee priya dana: chase undecided_0   # before the child leaves, which comes before two hours
        Wed 30 Sep 15:35 > lee priya dana: chase undecided_5
        Wed 30 Sep 15:35 > tom: ring undecided_5
        Wed 30 Sep 15:38 dana decides support low
        Wed 30 Sep 15:38 dana closes
    """,
    "map": """
        Thu 1 Oct 21:00 tom raises record                # one school day ends on Friday at 15:30
        Fri 2 Oct 10:00 priya accepts
        Tue 6 Oct 12:00 priya decides monitoring low
        Tue 6 Oct 12:00 priya closes
    """,
    "sleeve": """
        Mon 5 Oct 10:00 tess raises week
        Mon 5 Oct 10:10 lee accepts
        Mon 5 Oct 13:30 lee offers priya                 # who does not answer
        Tue 6 Oct 10:10 > lee: chase decide
        Tue 6 Oct 10:30 > lee: chase lapsed              # 4 school hours: 2 on Monday, 2 on Tuesday
        Tue 6 Oct 11:00 lee decides monitoring low
        Tue 6 Oct 11:00 lee closes
    """,
    "corner": """
        Wed 7 Oct 09:00 mina raises today about=adult adult=lee   # a lead: to the head
        Wed 7 Oct 09:20 helen accepts
        Wed 7 Oct 09:40 helen refers lado online
        Wed 7 Oct 11:00 helen judges
        Wed 7 Oct 13:00 helen answers yes
        Wed 7 Oct 13:00 helen records outcome            # an allegation is closed with its outcome
        Wed 7 Oct 13:00 helen closes
    """,
    "coach": """
        Thu 8 Oct 10:05 tess raises today about=adult adult=sol   # an allegation against a teacher: to the head
        Thu 8 Oct 10:20 helen accepts
        Thu 8 Oct 14:45 > helen: chase near
        Thu 8 Oct 15:00 helen safe                       # he has been sent home: it can wait until Friday
        Fri 9 Oct 08:30 > helen: chase decide
        Fri 9 Oct 10:05 > helen: refer_due refer_due_0   # LADO: within 1 working day
        Fri 9 Oct 14:45 > helen: chase near
        Fri 9 Oct 15:30 > helen: chase undecided_0       # a weekend is no better than a night
        Fri 9 Oct 15:30 > tess: ring now_0
        Fri 9 Oct 15:35 > helen: chase undecided_5       # no deputies here: the head is asked once more
        Fri 9 Oct 15:35 > tess: ring undecided_5
        Fri 9 Oct 15:40 > helen colin: chase undecided_10   # and then the chair, who has it from now on
        Fri 9 Oct 15:40 > tess: ring undecided_10
        Fri 9 Oct 15:42 helen safe
        Mon 12 Oct 08:30 > helen: chase decide
        Mon 12 Oct 10:05 > helen colin: refer_due refer_due_1   # who has it by now
        Mon 12 Oct 11:00 helen refers lado telephone
        Mon 12 Oct 12:00 helen judges
        Tue 13 Oct 10:10 helen answers yes
        Tue 13 Oct 10:10 helen confirms                  # in writing within 1 working day
        Tue 13 Oct 12:00 > helen: step_due suspension    # suspension: considered within 1 working day
        Tue 13 Oct 12:30 helen records suspension
        Wed 14 Oct 11:00 helen records support
        Tue 3 Nov 08:30 > helen: chase review            # 2 weeks is half-term
        Tue 3 Nov 09:00 helen records outcome
        Tue 3 Nov 09:10 helen closes                     # which takes two, now that the chair has it as well
        Tue 3 Nov 10:00 colin signs
    """,
    "cousin": """
        Tue 13 Oct 09:00 tess raises today close=lee
        Tue 13 Oct 09:30 > dana: chase today_30
        Tue 13 Oct 09:30 > tess: ring today_30
        Tue 13 Oct 10:00 > priya: chase today_60         # the leads, less Lee
        Tue 13 Oct 10:00 > tess: ring today_60
        Tue 13 Oct 10:15 priya accepts
        Tue 13 Oct 12:00 priya decides monitoring low
        Tue 24 Nov 08:30 > priya: chase review
        Wed 25 Nov 08:30 > priya dana: chase review_plus_1
        Wed 25 Nov 09:00 priya closes
    """,
    "belt": """
        Wed 14 Oct 09:00 tom raises today
        Wed 14 Oct 09:10 priya accepts
        Wed 14 Oct 10:00 priya refers mash telephone     # an answer, and it in writing: each within 1 working day
        Wed 14 Oct 10:30 priya decides referral high
        Thu 15 Oct 10:00 > priya: referral answer_0_0    # neither: one reminder says both
        Thu 15 Oct 11:00 priya challenges                # stage 1: 2 working days
        Fri 16 Oct 10:00 > lee priya dana: referral confirmation_0_1   # chased daily, whatever the stage
        Fri 16 Oct 11:00 priya confirms
        Mon 19 Oct 11:00 > priya: referral answer_1_0
        Tue 20 Oct 11:00 > lee priya dana: referral answer_1_1
        Wed 21 Oct 09:00 priya answers yes               # late, after the challenge at stage 1
        Tue 3 Nov 08:30 > priya: chase review            # 2 weeks is in half-term
        Tue 3 Nov 10:00 priya closes
        Tue 3 Nov 10:30 dana signs
    """,
    "neighbour": """
        Thu 15 Oct 09:00 ravi raises record close=lee
        Thu 15 Oct 09:30 priya accepts
        Thu 15 Oct 10:30 priya decides nothing low
        Thu 15 Oct 10:30 priya closes
    """,
}
