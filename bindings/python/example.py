from landfall import Library

with Library().engine() as engine, engine.inspect("2011-06-01") as inspection:
    inspection.read_mrz("P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<\n"
                        "L898902C36UTO7408122F1204159ZE184226B<<<<<10")
    inspection.add_fact("officer", "holder_comparison", result="same")
    with inspection.assess() as assessment:
        print(f"{assessment.recommendation}: {assessment.field('primary_identifier')}")
        for ground in assessment.grounds:
            print("-", ground.id)
