"""Understanding: sentence encoders, classifiers, the term matcher, and three thin Rasa components over them."""
