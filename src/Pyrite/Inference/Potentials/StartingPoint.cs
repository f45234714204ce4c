using System.Globalization;

namespace Pyrite.Inference.Potentials;

/// <summary>Finds a point with a finite log-density and gradient.</summary>
internal static class StartingPoint
{
    private const int Tries = 100;
    private const double Radius = 2;

    /// <summary>Uniform numbers from -2 to 2, drawn again up to 100 times.</summary>
    /// <exception cref="ModelException">None of them has a finite density.</exception>
    public static double[] Find(Potential potential, RandomKey key)
    {
        double[] point = new double[potential.Dimension], gradient = new double[potential.Dimension];
        for (int attempt = 0; attempt < Tries; attempt++)
        {
            key.Child(attempt).FillUniform(point);
            for (int i = 0; i < point.Length; i++)
            {
                point[i] = Radius * ((2 * point[i]) - 1);
            }
            if (IsFinite(potential, point, gradient))
            {
                return point;
            }
        }
        throw Refusal(potential, point, $"none of {Tries} starting points drawn uniformly from -2 to 2 (unconstrained) has a");
    }

    /// <summary>Whether density and gradient are finite at a point.</summary>
    public static bool IsFinite(Potential potential, double[] point, double[] gradient)
    {
        bool isFinite = double.IsFinite(potential.LogDensity(point, gradient));
        if (isFinite && Array.Exists(gradient, slope => !double.IsFinite(slope)))
        {
            potential.NoteGradient(gradient);
            return false;
        }
        return isFinite;
    }

    /// <summary>The error for a start without a finite density, with the reasons of all that were tried.</summary>
    /// <param name="potential">What was tried, with its failures.</param>
    /// <param name="point">The last point.</param>
    /// <param name="which">The subject and verb before "finite log-density", such as "none of 100 draws has a".</param>
    public static ModelException Refusal(Potential potential, double[] point, string which)
    {
        IReadOnlyList<PotentialFailure> failures = [.. potential.Failures.OrderByDescending(failure => failure.Count)];
        string reasons = failures.Count <= 1
            ? failures.Count == 0 ? "" : $" ({failures[0].Message})"
            : $" ({string.Join("; ",
                failures.Select(failure => string.Create(CultureInfo.InvariantCulture, $"{failure.Count} times {failure.Message}")))})";
        return new ModelException(null,
            $"MCMC cannot start: {which} finite log-density and gradient{reasons}. At the last one:\n{potential.Terms(point)}\n"
            + "Check data and supports, give tighter priors, or pass initial values inside the supports: start: InitialValues.Of(values), which "
            + "Mcmc.Run and Potential.Of take.");
    }
}
