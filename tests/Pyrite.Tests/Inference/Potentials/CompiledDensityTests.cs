using static Pyrite.Primitives;

namespace Pyrite.Tests;

/// <summary>Densities of models with small vectors and matrices are compiled to the last operation, and are those of the model.</summary>
public sealed class CompiledDensityTests
{
    private static readonly Dictionary<string, Action> Models = new()
    {
        ["ordered"] = () => Sample("x", new TransformedDistribution(new Normal(Tensor.Zeros(5), 1).ToEvent(1), new OrderedTransform())),
        ["positive ordered"] = () =>
            Sample("x", new TransformedDistribution(new Normal(Tensor.Zeros(4), 1).ToEvent(1), new PositiveOrderedTransform())),
        ["simplex"] = () => Sample("x", new Dirichlet(Tensor.From([1.0, 2, 3, 4, 5]))),
        ["simplices"] = () => Sample("x", new Dirichlet(Tensor.Ones([3, 4]) * 2).ToEvent(1)),
        ["categories"] = () =>
            Sample("y", new Categorical(Sample("p", new Dirichlet(Tensor.From([1.0, 2, 3])))).Expand([6]).ToEvent(1),
                observed: Tensor.From([0L, 1, 2, 2, 1, 2])),
        ["correlation Cholesky"] = () => Sample("x", new LKJCholesky(4, 2)),
        ["lower Cholesky"] = () =>
            Sample("x", new TransformedDistribution(new Normal(Tensor.Zeros(6), 1).ToEvent(1), new LowerCholeskyTransform())),
        ["varying slopes"] = () =>
        {
            Tensor factor = Sample("factor", new LKJCholesky(2, 2)), scale = Sample("scale", new HalfNormal(Tensor.Ones(2)).ToEvent(1));
            Tensor z = Sample("z", new Normal(Tensor.Zeros([2, 8]), 1).ToEvent(2));
            Tensor effects = (scale.Unsqueeze(-1) * factor).MatMul(z);
            Sample("y", new Normal(effects[0] + (effects[1] * 0.3), 1).ToEvent(1), observed: Tensor.From([0.1, 0.2, 0.3, 0.4, 1, 2, 3, 4]));
        },
        ["softmax regression"] = () =>
        {
            Tensor weights = Sample("weights", new Normal(Tensor.Zeros([2, 3]), 1).ToEvent(2));
            Tensor design = RandomKey.FromSeed(3).Normal([30, 2], DType.Float64);
            Sample("y", new Categorical(logits: design.MatMul(weights)).ToEvent(1),
                observed: Tensor.From([.. Enumerable.Range(0, 30).Select(i => (long)(i % 3))]));
        },
        ["a random walk by slices"] = () =>
        {
            Tensor steps = Sample("steps", new Normal(Tensor.Zeros(30), 1).ToEvent(1)), level = steps[0];
            List<Tensor> levels = [level];
            for (int t = 1; t < 30; t++)
            {
                level = (0.9 * level) + steps[t];
                levels.Add(level);
            }
            Sample("y", new Normal(Tensor.Stack([.. levels]), 1).ToEvent(1), observed: Tensor.Ones([30], DType.Float64));
        },
        ["a Gaussian random walk"] = () => Sample("x", new GaussianRandomWalk(Sample("scale", new HalfNormal(1)), 12)),
        ["sums to zero"] = () => Sample("x", new ZeroSumNormal(1, 7)),
        ["bounds from a vector of latents"] = () =>
        {
            Tensor a = Sample("a", new LogNormal(Tensor.Zeros(5), 0.3).ToEvent(1));
            Tensor y = Sample("y", new Uniform(0, a).ToEvent(1));
            Sample("z", new TruncatedNormal(y, 1, high: a + 1).ToEvent(1));
        },
        ["rows and columns"] = () =>
        {
            Tensor rows = Sample("rows", new Normal(Tensor.Zeros([6, 1]), 1).ToEvent(2));
            Tensor columns = Sample("columns", new Normal(Tensor.Zeros(5), 1).ToEvent(1));
            Sample("y", new Normal(rows + (columns * 0.5), 1).ToEvent(2), observed: RandomKey.FromSeed(4).Normal([6, 5], DType.Float64));
        },
    };

    public static TheoryData<string> Names => [.. Models.Keys];

    [Theory, MemberData(nameof(Names))]
    public void Everything_is_compiled_and_the_slope_is_right(string name)
    {
        Potential potential = Potential.Of(Models[name]);
        Assert.True(potential.IsReplayed);
        Assert.Empty(potential.Notes.All);
        Assert.Empty(potential.Uncompiled);
        double[] point = new double[potential.Dimension], gradient = new double[point.Length];
        RandomKey.FromSeed(9).FillNormal(point);
        potential.LogDensity(point, gradient);
        for (int i = 0; i < point.Length; i++)
        {
            const double Step = 1e-5;
            double[] up = [.. point], down = [.. point];
            up[i] += Step;
            down[i] -= Step;
            double slope = (potential.LogDensity(up) - potential.LogDensity(down)) / (2 * Step);
            Assert.Equal(slope, gradient[i], 1e-6 * (1 + Math.Abs(slope)));
        }
    }
}
