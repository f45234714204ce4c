namespace Pyrite.Special;

/// <summary>Elementary functions that lose no digits near their zeros.</summary>
internal static class RealFunctions
{
    /// <summary>log(1 + x) by Kahan's trick: the rounding error of 1 + x is divided out again.</summary>
    public static double Log1p(double x)
    {
        double sum = 1 + x;
        if (sum == 1)
        {
            return x;
        }
        return double.IsInfinity(sum) ? Math.Log(sum) : Math.Log(sum) * (x / (sum - 1));
    }
}
