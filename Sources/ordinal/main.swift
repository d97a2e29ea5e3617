ordinalMain()
