namespace Pyrite.Conformance;

/// <summary>Corners at which a family cannot give what the others give, with the reason. The test of corners reads it; a line that is not needed fails.</summary>
internal static class CornerExceptions
{
    /// <summary>Families, a pattern of the corner's name, and why.</summary>
    public static readonly (string Family, string Pattern, string Reason)[] All =
    [
        ("Bernoulli of log-odds", @"\(30\) at 1", "The slope is x - sigmoid(l), which the decoder of every image model computes: in Float32 it has an absolute error of 6e-8, so that nothing is left of 1e-13."),
        ("RelaxedBernoulliStraightThrough", @"; 30\) at 1", "A hard draw is scored by Bernoulli; see there."),
        ("Truncated", @"\((1000000|1000000000000); 1.4; 0.5; 3\)", "A gamma variable of shape 1e6 and more below 3: the logarithm of its mass is -1e7 and has an error of 1e-5, and its slopes as much of their terms."),
        ("GaussianMarkovRandomField", @"; 1; 1.7\)", "At a correlation of 1 the precision matrix is singular: there is no density."),
        ("Hurdle", @"\(0; 0.3\)", "A Poisson variable of rate 0 is never above 0: the distribution above 0 does not exist."),
        ("ZeroInflated", @"\(0; 0.4\) at 0", "A geometric variable with chance 0 of stopping: the chance of 0 has a slope, but its logarithm, by which a base is known, has none."),
        ("ZeroInflatedNegativeBinomial", @"\(3; 1; -0.5\) at 0", "As for ZeroInflated: the logarithm of a chance of 0 has no slope."),
        ("MixtureSameFamily of counts", @"; 0 (9|1)\)", "As for ZeroInflated: the logarithm of the chance that one component gives to the value is minus infinity and has no slope."),
        ("LogisticNormal", @"at .*\b0\b", "At the border of the simplex the density is 0 by definition; no slope is given."),
        ("RelaxedOneHotCategorical", @"at .*\b0 ", "At the border of the simplex the density is 0 or infinite by definition; no slope is given."),
        ("Censored", @" at (2|-1)$", "At a limit the report is a mass, beside it a density: no slope in the value."),
        ("IntervalCensored", @"\(0.3; 1000000\)", "Intervals of a millionth of a scale: the difference of two chances has 10 digits, too few for quotients."),
        ("Folded", @"0.7; 1E-(06|12)\) at 0$", "The slope at 0 is 0 by symmetry and changes within scale² / loc of it; quotients see the change alone."),
        ("FoldedNormal", @"at 0$", "The slope at 0 is 0 by symmetry and changes within scale² / loc of it; quotients see the change alone."),
        ("TruncatedCauchy", @"\(1000|; 1000000", "Bounds a thousand scales away and more, or a millionth of a scale apart: the mass between them is a difference with 10 digits, too few for quotients."),
        ("FisherSnedecor", @"\((1000000|1000000000000); 12", "Terms of 1e6 degrees of freedom and more nearly cancel: slopes in them have an absolute error of 1e-13."),
        ("VonMises of a small concentration", @"\(1000000000000;", "As for VonMises."),
        ("TruncatedNormal", @"\(1000000000000;", "At 1e12 numbers lie 1e-4 apart, too far for quotients."),
        ("VonMises", @"\(1000000000000;", "At 1e12 angles lie 1e-4 apart, too far for quotients."),
        ("VonMises", @"\(1000000; 2.5\) at -?1E-09", "A step of 1e-9 beside a location of 1e6 is ten units of the last digit, too few for quotients."),
        ("VonMises of a small concentration", @"\(1000000; 0.4\) at -?1E-09", "As for VonMises."),
        ("IntervalCensored", @"at 1E-06 2\.|\(0.3; 1000000000000\) at 0 3.5", "Intervals of a millionth of a scale: the difference of two chances has 10 digits, too few for quotients."),
        ("Truncated", @"\(2.3; (1000000|1000000000000); 0.5; 3\)", "A gamma variable a million scales below its bound: its slopes are small differences of slopes of density and mass, with an absolute error of 1e-9 of these."),
        ("NegativeBinomial2", @"\(1000000; 2.5\) at 1000000", "Terms of 1e7 cancel in the score: its error of 1e-9 is too much for quotients."),
        ("LowRankMultivariateNormal", @"1E-12 0.9", "The distance is a small difference of large numbers."),
    ];
}
