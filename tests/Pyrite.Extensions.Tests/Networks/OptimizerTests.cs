using Pyrite.Testing;
using static Pyrite.Primitives;

namespace Pyrite.Extensions.Networks;

public sealed class OptimizerTests
{
    [Theory]
    [InlineData(DType.Float32, 1e-6)]
    [InlineData(DType.Float64, 1e-14)]
    public void Updates_are_those_of_the_formula_whatever_the_length(DType type, double tolerance)
    {
        foreach (int length in (int[])[1, 5, 16, 37, 20_000])
        {
            Parameter parameter = new(RandomKey.FromSeed(1).Normal([length], type));
            double[] expected = parameter.Value.ToArray<double>(), momentum = new double[length];
            Lion lion = new(learningRate: 0.01);
            for (int step = 0; step < 3; step++)
            {
                Tensor gradient = RandomKey.FromSeed(2).Child(step).Normal([length], type);
                double[] g = gradient.ToArray<double>();
                for (int i = 0; i < length; i++)
                {
                    expected[i] -= 0.01 * Math.Sign((0.9 * momentum[i]) + (0.1 * g[i]));
                    momentum[i] = (0.99 * momentum[i]) + (0.01 * g[i]);
                }
                lion.Update([parameter], [gradient]);
            }
            Close.Assert(parameter.Value.ToArray<double>(), expected, tolerance, tolerance, $"{length} elements");
        }
    }

    [Fact]
    public void What_it_remembers_goes_out_and_in()
    {
        Parameter one = new(Tensor.From([1f, 2])), other = new(Tensor.From([1f, 2]));
        Tensor[] gradients = [Tensor.From([0.5f, -1]), Tensor.From([-0.1f, 3])];
        Lion whole = new(), resumed = new();
        whole.Update([one], [gradients[0]]);
        other.Assign(one.Value);
        resumed.Import(whole.Export(new Dictionary<string, Parameter> { ["w"] = one }), new Dictionary<string, Parameter> { ["w"] = other });
        whole.Update([one], [gradients[1]]);
        resumed.Update([other], [gradients[1]]);

        Assert.Equal(one.Value.ToArray<float>(), other.Value.ToArray<float>());
        Assert.Equal(2, resumed.StepCount);
    }

    [Fact]
    public void It_fits_a_guide()
    {
        Svi<Tensor?> inference = new(_ => Model(), new AutoNormal<Tensor?>(_ => Model()), new Lion(learningRate: 0.02), new TraceElbo(), seed: 1);
        for (int step = 0; step < 600; step++)
        {
            inference.Step(null);
        }

        Assert.Equal(2, inference.Predict(null, 500)["x"].Mean().Item(), 0.4);
    }

    [Fact]
    public void State_of_another_shape_is_refused()
    {
        Parameter parameter = new(Tensor.Ones([3]));

        Assert.Throws<ArgumentException>(() => new UpdatePass<Halve>().Add(parameter, Tensor.Ones([3]), default, first: Tensor.Ones([2])));
        Assert.Throws<ArgumentException>(() => new UpdatePass<Halve>().Add(parameter, Tensor.Ones([2]), default));
    }

    private static void Model() => Sample("x", new Normal(2, 0.5));

    private readonly struct Halve : IUpdateRule
    {
        public void Step<V>(ref UpdateLanes<V> lanes) where V : unmanaged, ISimd<V> => lanes.Parameter *= V.OfReal(0.5);
    }
}
