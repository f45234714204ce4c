using static Pyrite.Primitives;

namespace Pyrite.Tests;

/// <summary>Models with known posteriors.</summary>
internal static class McmcModels
{
    public static readonly Tensor SchoolEffects = Tensor.From([28.0, 8, -3, 7, -1, 1, 18, 12]);
    public static readonly Tensor SchoolErrors = Tensor.From([15.0, 10, 16, 11, 9, 11, 10, 18]);

    public static void EightSchools()
    {
        Tensor mu = Sample("mu", new Normal(0, 5));
        Tensor tau = Sample("tau", new HalfCauchy(5));
        using (Plate("schools", 8))
        {
            Tensor theta = Deterministic("theta", mu + (tau * Sample("z", new Normal(0, 1))));
            Sample("y", new Normal(theta, SchoolErrors), observed: SchoolEffects);
        }
    }

    public static void Chain()
    {
        Tensor x1 = Sample("x1", new Normal(0, 1));
        Tensor x2 = Sample("x2", new Normal(x1, 1));
        Tensor x3 = Sample("x3", new Normal(x2, 1));
        Sample("y", new Normal(x3, 1), observed: 1);
    }

    public static void Scaled()
    {
        Sample("a", new Normal(3, 0.1));
        Sample("b", new Normal(-50, 20));
    }

    public static void Bounded()
    {
        Sample("u", new Uniform(-1, 3));
        Sample("g", new Gamma(2, 3));
        Sample("p", new Dirichlet(Tensor.From([1.0, 2, 3])));
    }
}
