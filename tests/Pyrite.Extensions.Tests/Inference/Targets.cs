using static Pyrite.Primitives;

namespace Pyrite.Extensions.Inference;

/// <summary>Models whose posteriors are known.</summary>
internal static class Targets
{
    /// <summary>Two numbers of standard deviations 1 and 0.1 along the diagonals of the plane: correlation 0.98.</summary>
    public const double Long = 1;

    public const double Short = 0.1;

    /// <summary>A ~ N(0, 1), seen as 1.5 with standard deviation 0.5: the posterior is N(1.2, √0.2).</summary>
    public static void Seen() => Sample("y", new Normal(Sample("a", new Normal(0, 1)), 0.5), observed: 1.5);

    /// <summary>The long and thin Gaussian.</summary>
    public static void Ridge()
    {
        Tensor x = Sample("x", new ImproperUniform(Constraints.RealVector, Shape.Scalar, [2]));
        (Tensor along, Tensor across) = ((x[0] + x[1]) / Math.Sqrt(2), (x[0] - x[1]) / Math.Sqrt(2));
        Factor("density", -0.5 * ((along / Long).Square() + (across / Short).Square()));
    }

    /// <summary>Draws along the two axes of the ridge.</summary>
    public static (double[] Along, double[] Across) Axes(Draws draws)
    {
        double[] first = draws.Scalar("x[0]"), second = draws.Scalar("x[1]");
        return ([.. first.Zip(second, (a, b) => (a + b) / Math.Sqrt(2))], [.. first.Zip(second, (a, b) => (a - b) / Math.Sqrt(2))]);
    }
}
