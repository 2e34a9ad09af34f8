"""Raters: several people code the same cases. Do they agree, who is strict, and what is the case's true place?"""
