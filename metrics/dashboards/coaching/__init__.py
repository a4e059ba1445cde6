"""What do managers whose clients stay do otherwise, and who might practise that?"""
