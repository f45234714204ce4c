using static Pyrite.Primitives;

namespace Pyrite.Extensions.Tensors;

/// <summary>Functions of one's own run inside the loops of steps and densities, as the library's do.</summary>
public sealed class FusionTests
{
    [Theory]
    [InlineData(DType.Float32, 200)]
    [InlineData(DType.Float32, 20_000)]
    [InlineData(DType.Float64, 200)]
    [InlineData(DType.Float64, 20_000)]
    public void A_step_computes_them_in_one_loop_with_what_surrounds_them(DType type, int rows)
    {
        using Precision.Scope precision = Precision.Use(type);
        Tensor x = Data(type, rows);
        Svi<Tensor> inference = new(Model, new AutoNormal<Tensor>(Model), new Adam(0.01), new TraceElbo(), seed: 1);

        ExecutionPlan plan = Inspect.Plan(inference, x);

        foreach (string name in (string[])["softsign", "log add"])
        {
            PlanPart part = Assert.Single(plan.Segments.SelectMany(segment => segment.Parts), part => part.Operations.Contains(name));
            Assert.Equal(PlanPartKind.Loop, part.Kind);
            Assert.Equal(rows, part.Elements);
            Assert.True(part.Operations.Count > 3, part.ToString());
        }
    }

    [Fact]
    public void A_density_compiles_them()
    {
        using Precision.Scope precision = Precision.Use(DType.Float64);
        Tensor x = Data(DType.Float64, 200);

        ExecutionPlan plan = Inspect.Plan(() => Model(x));

        Assert.Empty(plan.Uncompiled);
        PlanPart loop = Assert.Single(Assert.Single(plan.Segments).Parts, part => part.Kind == PlanPartKind.Loop && part.Elements == 200);
        Assert.Contains("softsign", loop.Operations);
        Assert.Contains("log add", loop.Operations);
    }

    [Theory]
    [InlineData(DType.Float32, 100)]
    [InlineData(DType.Float32, 5_000)]
    [InlineData(DType.Float64, 100)]
    [InlineData(DType.Float64, 5_000)]
    public void Recorded_steps_have_the_bits_of_eager_ones(DType type, int rows)
    {
        Tensor x = RandomKey.FromSeed(5).Normal([rows], type);
        (double Value, double[] Slopes) eager = Once(x);
        for (int step = 0; step < 60; step++)
        {
            using StepScope scope = StepScope.Begin();
            (double value, double[] slopes) = Once(x);
            Assert.Equal(eager.Value, value);
            Assert.Equal(eager.Slopes, slopes);
        }

        static (double, double[]) Once(Tensor x)
        {
            Tensor variable = x.AsVariable();
            Tensor y = (variable.Map<Softsign>() * 2.0).Zip<LogAdd>(variable * variable).Sum();
            return (y.Item(), Gradient.Of(y, [variable])[0].ToArray<double>());
        }
    }

    [Fact]
    public void They_are_sampled_with()
    {
        Tensor x = Data(DType.Float64, 50);

        McmcResult posterior = Mcmc.Run(() => Model(x), chains: 2, warmup: 200, draws: 200, seed: 1);

        Assert.Equal(0, posterior.Divergences);
        Assert.Equal(0.7, posterior["slope"].Mean().Item(), 0.3);
    }

    private static Tensor Data(DType type, int rows)
    {
        Tensor x = RandomKey.FromSeed(1).Normal([rows], type);
        return Tensor.Stack([x, Curve(x, 0.7) + (0.1 * RandomKey.FromSeed(2).Normal([rows], type))]).Keep();
    }

    private static Tensor Curve(Tensor x, Tensor slope) => (x * slope).Map<Softsign>().Zip<LogAdd>(slope - x);

    private static void Model(Tensor data)
    {
        Tensor slope = Sample("slope", new Normal(0, 1));
        using (Plate("rows", data.Shape[1]))
        {
            Sample("y", new Normal(Curve(data[0], slope), 0.1), observed: data[1]);
        }
    }
}
