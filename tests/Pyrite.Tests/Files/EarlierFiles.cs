using static Pyrite.Primitives;

namespace Pyrite.Tests;

/// <summary>The models and settings of the files in Version-0.1, which that version wrote; they must not change, or the files would belong to
/// nobody.</summary>
public sealed class EarlierFiles
{
    public const int Chains = 2;
    public const int Warmup = 40;
    public const int Draws = 30;
    public const int StepsBefore = 5;
    public const ulong Seed = 5;

    private static readonly Tensor Observed = Tensor.From([1.5, -0.5, 2.25]);
    private readonly Linear network = new(2, 2);

    public EarlierFiles() => Svi = new Svi<Tensor>(Model, Guide, new Adam(0.05), new TraceElbo(), Seed);

    public static Nuts Sampler => new(targetAcceptance: 0.9, maximumTreeDepth: 6);

    public static Tensor Data { get; } = Tensor.From(new float[,] { { 0.5f, 1 }, { -1, 2 }, { 0.25f, -0.75f } });

    public Svi<Tensor> Svi { get; }

    /// <summary>A network whose weights were saved alone; its first weights do not matter.</summary>
    public static Linear Weights() => new(3, 2);

    /// <summary>What chains sample from.</summary>
    public static void Groups()
    {
        Tensor mu = Sample("mu", new Normal(0.0, 5.0));
        Tensor tau = Sample("tau", new HalfNormal(2.0));
        using (Plate("groups", 3))
        {
            Tensor theta = Sample("theta", new Normal(mu, tau));
            Deterministic("twice", theta * 2.0);
            Sample("y", new Normal(theta, 1.0), observed: Observed);
        }
    }

    private void Model(Tensor x)
    {
        Register("network", network);
        Tensor scale = Param("scale", 1.0, Constraints.Positive);
        Tensor z = Sample("z", new Normal(Tensor.Zeros(2), Tensor.Ones(2)).ToEvent(1));
        using PlateScope rows = Plate("rows", 3);
        Sample("x", new Normal(network.Forward(z), scale).ToEvent(1), observed: x);
    }

    private void Guide(Tensor x)
    {
        Tensor loc = Param("loc", Tensor.Zeros(2));
        Tensor spread = Param("spread", Tensor.Ones(2), Constraints.Positive);
        Sample("z", new Normal(loc, spread).ToEvent(1));
    }
}
