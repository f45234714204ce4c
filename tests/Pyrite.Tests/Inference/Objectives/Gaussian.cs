namespace Pyrite.Tests;

/// <summary>The density of the textbook.</summary>
internal static class Gaussian
{
    public static double LogDensity(double x, double loc, double scale) =>
        (-0.5 * (x - loc) * (x - loc) / (scale * scale)) - Math.Log(scale) - (0.5 * Math.Log(2 * Math.PI));
}
