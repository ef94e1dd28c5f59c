"""What is begun in the last two days before half-term and after it: see `term_story`."""

BEGUN = {
    "cellar": """
        Thu 22 Oct 13:00 sol raises today
        Thu 22 Oct 13:10 lee accepts
        Thu 22 Oct 14:00 lee decides referral high
        Fri 23 Oct 14:00 lee refers mash online
        Mon 26 Oct 14:00 > lee: referral answer_0_0      # agencies work in half-term; 14:00 is 14:00 after the change
        Tue 27 Oct 14:00 > lee priya dana: referral answer_0_1
        Tue 27 Oct 15:00 lee challenges                  # stage 1: 2 working days
        Thu 29 Oct 15:00 > lee: referral answer_1_0
        Fri 30 Oct 15:00 > lee priya dana: referral answer_1_1
        Fri 30 Oct 16:00 lee challenges                  # stage 2: 5 working days, the INSET day is one
        Thu 5 Nov 08:30 > lee: chase review              # 2 weeks
        Fri 6 Nov 08:30 > lee priya dana: chase review_plus_1
        Fri 6 Nov 16:00 > lee: referral answer_2_0
        Mon 9 Nov 16:00 > lee priya dana: referral answer_2_1
        Tue 10 Nov 09:00 lee answers no
        Wed 11 Nov 09:00 > lee: referral decision_2_0    # challenge it or say why not, within 1 working day
        Wed 11 Nov 10:00 lee resolves
        Wed 11 Nov 11:00 lee closes
        Wed 11 Nov 12:00 dana signs
    """,
    "late": """
        Thu 22 Oct 15:10 jo begins week                  # half an hour of school would end on Friday at 08:40
        Fri 23 Oct 08:30 > jo: draft draft_morning
        Tue 3 Nov 08:30 > jo lee priya dana: draft draft_leads      # 72 hours end on Sunday
        Wed 4 Nov 08:30 > jo: draft draft_last
    """,
    "locker": """
        Fri 23 Oct 09:00 ravi raises week
        Fri 23 Oct 09:20 priya accepts
        Fri 23 Oct 14:00 priya offers dana
        Tue 3 Nov 09:20 > priya: chase decide            # 1 school day
        Tue 3 Nov 11:00 > priya: chase lapsed            # 1 hour 30 on Friday, 2 hours 30 after half-term
        Tue 3 Nov 11:30 priya decides monitoring low
        Tue 3 Nov 11:30 priya closes
    """,
    "office": """
        Fri 23 Oct 10:05 mina raises today about=adult adult=helen   # against the head: to the chair
        Fri 23 Oct 10:20 colin accepts
        Fri 23 Oct 14:45 > colin: chase near
        Fri 23 Oct 15:00 colin safe                      # until school opens after half-term, which is 3 November
        Mon 26 Oct 10:05 > colin: refer_due refer_due_0  # 1 working day, in half-term
        Tue 27 Oct 10:05 > colin: refer_due refer_due_1
        Tue 27 Oct 12:00 colin refers lado online
        Wed 28 Oct 11:00 colin answers yes
        Tue 3 Nov 08:30 > colin: chase decide
        Tue 3 Nov 09:40 colin judges
        Tue 3 Nov 09:50 colin records suspension
        Thu 5 Nov 09:40 > colin: step_due support        # that the adult was told, 2 working days on
        Thu 5 Nov 11:00 colin records support
        Tue 17 Nov 08:30 > colin: chase review           # 2 weeks
        Wed 18 Nov 08:30 > colin: chase review_plus_1    # he is all who receive it
    """,
    "journey": """
        Fri 23 Oct 11:00 tess raises today kind=fgm      # her own duty: the police by the close of the next working day
        Fri 23 Oct 11:10 lee accepts
        Fri 23 Oct 12:00 lee decides support low
        Fri 23 Oct 12:00 lee closes                      # which does not discharge it
        Mon 26 Oct 07:30 > tess lee priya: duty          # that day's morning, in half-term: owner and leads as well
        Mon 26 Oct 17:00 > tess lee priya: duty late     # its time has passed
        Tue 27 Oct 07:30 > tess lee priya: duty          # and each working morning, until it is logged
        Wed 28 Oct 07:30 > tess lee priya: duty
        Wed 28 Oct 09:00 tess logs
    """,
    "friday": """
        Fri 23 Oct 15:05 tom raises today
        Fri 23 Oct 15:10 > dana: chase home_time         # later than 14:45: five minutes after it came
        Fri 23 Oct 15:10 > tom: ring home_time
        Fri 23 Oct 15:30 > lee priya dana: chase now_0   # the bell, and not its half hour after half-term
        Fri 23 Oct 15:30 > tom: ring now_0
        Fri 23 Oct 15:35 > dana: chase now_5
        Fri 23 Oct 15:35 > tom: ring now_5
        Fri 23 Oct 15:40 > helen: chase now_10
        Fri 23 Oct 15:40 > tom: ring now_10
        Fri 23 Oct 15:45 > lee priya dana helen: chase now_15
        Fri 23 Oct 15:45 > tom: ring now_15
        Fri 23 Oct 16:00 > lee priya dana helen: chase again_30
        Fri 23 Oct 16:00 > tom: ring again_30
        Fri 23 Oct 16:10 lee accepts
        Fri 23 Oct 17:30 lee safe                        # within his 2 hours: until 3 November
        Tue 3 Nov 08:30 > lee: chase decide
        Tue 3 Nov 12:00 lee decides monitoring low
        Tue 3 Nov 12:00 lee closes
    """,
    "clocks": """
        Sun 25 Oct 01:50 jo raises now                   # summer time
        Sun 25 Oct 01:55 > dana: chase now_5
        Sun 25 Oct 01:55 > jo: ring now_5
        Sun 25 Oct 01:00 GMT > helen: chase now_10       # ten minutes later it is 01:00 again
        Sun 25 Oct 01:00 GMT > jo: ring now_10
        Sun 25 Oct 01:05 GMT > lee priya dana helen: chase now_15
        Sun 25 Oct 01:05 GMT > jo: ring now_15
        Sun 25 Oct 01:10 GMT helen accepts
        Sun 25 Oct 03:10 > lee priya dana helen: chase undecided_0   # 2 hours
        Sun 25 Oct 03:15 > lee priya dana helen: chase undecided_5
        Sun 25 Oct 03:15 > jo: ring undecided_5
        Sun 25 Oct 03:20 > lee priya dana helen: chase undecided_10
        Sun 25 Oct 03:20 > jo: ring undecided_10
        Sun 25 Oct 03:25 > lee priya dana helen: chase undecided_15
        Sun 25 Oct 03:25 > jo: ring undecided_15
        Sun 25 Oct 03:30 helen decides support high
        Mon 7 Dec 08:30 > helen: chase review            # 6 weeks is a Sunday
        Mon 7 Dec 09:10 helen closes
        Mon 7 Dec 09:40 lee signs
    """,
    "ladder": """
        Wed 28 Oct 11:00 mina raises week                # in half-term: 4 school hours end on 3 November at 12:30
        Tue 3 Nov 12:00 dana accepts
        Wed 4 Nov 11:00 dana decides monitoring low
        Wed 4 Nov 11:00 dana closes
    """,
    "kite": """
        Wed 28 Oct 22:00 sol raises record
        Wed 4 Nov 09:00 dana accepts
        Thu 5 Nov 12:00 dana decides monitoring low
        Thu 5 Nov 12:00 dana closes
    """,
    "hall": """
        Mon 9 Nov 09:10 ravi raises today
        Mon 9 Nov 09:15 lee accepts
        Mon 9 Nov 09:50 priya names lee                  # too close to it: nobody owns it, and its clocks go on
        Mon 9 Nov 09:50 > dana: chase today_30           # which was 09:40
        Mon 9 Nov 09:50 > ravi: ring today_30
        Mon 9 Nov 10:10 > priya: chase today_60          # the leads, less Lee
        Mon 9 Nov 10:10 > ravi: ring today_60
        Mon 9 Nov 10:20 priya accepts
        Mon 9 Nov 12:00 priya decides support low
        Mon 9 Nov 12:00 priya closes
    """,
    "policy": """
        Mon 9 Nov 11:00 jo raises week about=practice    # the school's practice: to the head
        Mon 9 Nov 15:00 > helen: chase week_4h
        Tue 10 Nov 11:00 > helen: chase week_1d
        Tue 10 Nov 11:30 helen accepts
        Wed 11 Nov 11:20 helen decides monitoring low
        Wed 11 Nov 11:20 helen closes
    """,
    "hair": """
        Mon 16 Nov 09:30 tom raises week
        Mon 16 Nov 09:40 lee accepts
        Mon 16 Nov 10:00 lee decides nothing medium      # no further action at medium level: a second reader
        Tue 17 Nov 10:00 > priya dana: chase second
        Wed 18 Nov 10:00 > lee priya dana: chase second_plus_1
        Wed 18 Nov 11:00 dana reads
        Wed 18 Nov 11:30 lee closes
        Wed 18 Nov 12:00 priya signs
    """,
    "lunch": """
        Tue 17 Nov 09:00 ravi raises week
        Tue 17 Nov 09:10 dana accepts
        Tue 17 Nov 10:10 dana decides support low
        Wed 18 Nov 10:30 dana assigns mina meet 2026-11-20
        Thu 19 Nov 15:30 > mina: action day_before
        Fri 20 Nov 15:30 > mina: action due
        Tue 24 Nov 15:30 > mina: action plus_1           # Monday is the bank holiday
        Wed 25 Nov 09:30 mina finishes
        Wed 25 Nov 10:00 dana verifies
        Wed 25 Nov 10:00 dana closes
    """,
    "ring": """
        Fri 20 Nov 09:00 mina raises today
        Fri 20 Nov 09:10 priya accepts
        Fri 20 Nov 10:00 priya decides referral medium
        Fri 20 Nov 11:00 priya refers mash online
        Tue 24 Nov 11:00 > priya: referral answer_0_0    # agencies keep the bank holiday
        Tue 24 Nov 12:00 priya answers yes
        Fri 4 Dec 08:30 > priya: chase review
        Fri 4 Dec 09:00 priya closes
        Fri 4 Dec 09:30 dana signs
    """,
    "coat": """
        Fri 20 Nov 10:10 ravi raises week
        Fri 20 Nov 10:15 lee accepts
        Tue 24 Nov 10:15 > lee: chase decide             # over the bank holiday
        Tue 24 Nov 11:10 lee decides monitoring low
        Tue 24 Nov 11:10 lee closes
    """,
    "shed": """
        Fri 20 Nov 13:00 jo raises week
        Tue 24 Nov 10:00 > dana: chase week_4h           # 2 hours 30 on Friday, 1 hour 30 after the bank holiday
        Tue 24 Nov 13:00 > lee priya: chase week_1d
        Tue 24 Nov 13:30 priya accepts
        Wed 25 Nov 13:00 priya decides monitoring low
        Wed 25 Nov 13:00 priya closes
    """,
    "bell": """
        Tue 1 Dec 02:00 tess raises now
        Tue 1 Dec 02:03 dana accepts
        Tue 1 Dec 03:30 dana decides support low
        Tue 1 Dec 03:30 dana closes
    """,
    "december": """
        Thu 10 Dec 14:00 sol raises record
        Mon 14 Dec 14:00 > lee priya: chase record_2d
        Mon 14 Dec 14:10 lee accepts
        Wed 16 Dec 09:00 lee decides monitoring low
        Wed 16 Dec 09:00 lee closes
    """,
    "last": """
        Fri 18 Dec 15:10 tess raises today
        Fri 18 Dec 15:15 > dana: chase home_time
        Fri 18 Dec 15:15 > tess: ring home_time
        Fri 18 Dec 15:30 > lee priya dana: chase now_0   # and it waits for no January
        Fri 18 Dec 15:30 > tess: ring now_0
        Fri 18 Dec 15:35 > dana: chase now_5
        Fri 18 Dec 15:35 > tess: ring now_5
        Fri 18 Dec 15:40 > helen: chase now_10
        Fri 18 Dec 15:40 > tess: ring now_10
        Fri 18 Dec 15:45 > lee priya dana helen: chase now_15
        Fri 18 Dec 15:45 > tess: ring now_15
        Fri 18 Dec 16:00 > lee priya dana helen: chase again_30
        Fri 18 Dec 16:00 > tess: ring again_30
        Fri 18 Dec 16:30 > lee priya dana helen: chase again_60
        Fri 18 Dec 16:30 > tess: ring again_60
        Fri 18 Dec 17:30 > lee priya dana helen: chase again_120
        Fri 18 Dec 17:30 > tess: ring again_120
        Fri 18 Dec 19:30 > lee priya dana helen: chase again_240   # and from then on every 4 hours, night or not
        Fri 18 Dec 19:30 > tess: ring again_240
        Fri 18 Dec 23:30 > lee priya dana helen: chase again_480
        Fri 18 Dec 23:30 > tess: ring again_480
        Sat 19 Dec 03:30 > lee priya dana helen: chase again_720
        Sat 19 Dec 03:30 > tess: ring again_720
        Sat 19 Dec 07:00 lee accepts
        Sat 19 Dec 08:50 lee decides monitoring low      # within his 2 hours
        Sat 19 Dec 08:50 lee closes
    """,
}
