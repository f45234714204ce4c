namespace Pyrite.Conformance;

/// <summary>Corners at which a family does not give what the others give, or at which a difference quotient cannot judge it. The test of corners
/// reads it, a line that is not needed fails, and the page of families lists it.</summary>
internal static class CornerExceptions
{
    /// <summary>All of them.</summary>
    public static readonly CornerException[] All =
    [
        new("Bernoulli of log-odds", @"\(30\) at 1", "log-odds of 30 and more, in Float32",
            "The slope is x - sigmoid(l), which the decoder of every image model computes: in Float32 it has an absolute error of 6e-8, so that "
                + "nothing is left of 1e-13."),
        new("RelaxedBernoulliStraightThrough", @"; 30\) at 1", "log-odds of 30 and more, in Float32",
            "A hard draw is scored by Bernoulli; see there."),
        new("Truncated", @"\((1000000|1000000000000); 1.4; 0.5; 3\)", "a gamma base of shape 1e6 and more, bounded far below its mass",
            "A gamma variable of shape 1e6 and more below 3: its slopes are small differences of slopes of density and mass, each of the shape's "
                + "size."),
        new("Hurdle", @"\(0; 0.3\)", "a base that is never above 0",
            "A Poisson variable of rate 0 is never above 0: the distribution above 0 does not exist, the score there is minus infinity and has no "
                + "slope."),
        new("LogisticNormal", @"at .*\b0\b", "a 0 among the entries",
            "At the border of the simplex the density is 0 by definition; no slope is given."),
        new("RelaxedOneHotCategorical", @"at .*\b0 ", "a 0 among the entries",
            "At the border of the simplex the density is 0 or infinite by definition; no slope is given."),
        new("IntervalCensored", @"\(0.3; 1000000\)", "intervals of a millionth of a scale",
            "Intervals of a millionth of a scale: the difference of two chances has 10 digits, too few for quotients."),
        new("Folded", @"0.7; 1E-(06|12)\) at 0$", "0, for a scale of 1e-6 and less of the location",
            "The slope at 0 is 0 by symmetry and changes within scale² / loc of it; quotients see the change alone."),
        new("FoldedNormal", @"at 0$", "0, for a scale far below the location",
            "The slope at 0 is 0 by symmetry and changes within scale² / loc of it; quotients see the change alone."),
        new("TruncatedCauchy", @"\(1000|; 1000000", "bounds a thousand scales away or a millionth of one apart",
            "Bounds a thousand scales away and more, or a millionth of a scale apart: the mass between them is a difference with 10 digits, too few "
                + "for quotients."),
        new("VonMises of a small concentration", @"\(1000000000000;", "a location of 1e12", "As for VonMises."),
        new("TruncatedNormal", @"\(1000000000000;", "a location of 1e12", "At 1e12 numbers lie 1e-4 apart, too far for quotients."),
        new("VonMises", @"\(1000000000000;", "a location of 1e12", "At 1e12 angles lie 1e-4 apart, too far for quotients."),
        new("VonMises", @"\(1000000; 2.5\) at -?1E-09", "a location of 1e6",
            "A step of 1e-9 beside a location of 1e6 is ten units of the last digit, too few for quotients."),
        new("VonMises of a small concentration", @"\(1000000; 0.4\) at -?1E-09", "a location of 1e6", "As for VonMises."),
        new("IntervalCensored", @"at 1E-06 2\.|\(0.3; 1000000000000\) at 0 3.5", "intervals of a millionth of a scale",
            "Intervals of a millionth of a scale: the difference of two chances has 10 digits, too few for quotients."),
        new("Truncated", @"\(2.3; (1000000|1000000000000); 0.5; 3\)", "a gamma base whose rate puts it a million scales below its bound",
            "A gamma variable a million scales below its bound: its slopes are small differences of slopes of density and mass, with an absolute "
                + "error of 1e-9 of these."),
    ];
}
