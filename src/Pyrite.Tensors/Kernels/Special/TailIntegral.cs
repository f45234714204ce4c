namespace Pyrite.Kernels.Special;

/// <summary>Integrals outwards from a point of a log-concave density, relative to the density there: tails that keep all their digits however sharp
/// or far out they are.</summary>
internal static class TailIntegral
{
    private const int Panels = 8;

    /// <summary>e⁻⁴⁵ is 3e-20: what lies beyond changes no digit.</summary>
    private const double Negligible = 45;

    /// <summary>∫ e^(-drop(s)) weight(s) ds over s from 0 to where nothing is left.</summary>
    /// <param name="guess">A distance of about the right size.</param>
    /// <param name="drop">By how much the logarithm of the density has fallen at a distance; convex, 0 at 0, and it grows without bounds.</param>
    /// <param name="weight">A factor; 1 if not given.</param>
    public static double Of(double guess, Func<double, double> drop, Func<double, double>? weight = null)
    {
        double reach = Reach(guess, drop);
        return weight is null
            ? GaussLegendre.Integrate(0, reach, Panels, s => Math.Exp(-drop(s)))
            : GaussLegendre.Integrate(0, reach, Panels, s => Math.Exp(-drop(s)) * weight(s));
    }

    /// <summary>A distance at which the density is negligible, and not much more.</summary>
    private static double Reach(double guess, Func<double, double> drop)
    {
        double reach = guess;
        for (int i = 0; i < 2000 && drop(reach) > Negligible; i++)
        {
            reach *= 0.5;
        }
        for (int i = 0; i < 2000 && !(drop(reach) >= Negligible); i++)
        {
            reach *= 1.25;
        }
        return reach;
    }
}
