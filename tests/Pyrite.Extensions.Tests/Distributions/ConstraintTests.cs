using Pyrite.Testing;
using static Pyrite.Primitives;

namespace Pyrite.Extensions.Distributions;

public sealed class ConstraintTests
{
    private static readonly BallConstraint Ball = new(2);

    [Fact]
    public void The_bijection_goes_there_and_back_with_the_volume_that_differences_give()
    {
        Transform map = ConstraintRegistry.BijectTo(Ball);
        Tensor x = RandomKey.FromSeed(1).Normal([50, 2], DType.Float64) * 2;
        Tensor y = map.Forward(x);

        Assert.True(Ball.Check(y).All());
        Close.Assert(map.Inverse(y).ToArray<double>(), x.ToArray<double>(), 1e-9, 1e-9, "back");
        double[] volumes = map.LogAbsDetJacobian(x, y).ToArray<double>();
        for (int i = 0; i < 50; i++)
        {
            Tensor at = x[i].AsVariable(), image = map.Forward(at);
            Tensor first = Gradient.Of(image[0], [at])[0], second = Gradient.Of(image[1], [at])[0];
            double determinant = (first[0].Item() * second[1].Item()) - (first[1].Item() * second[0].Item());
            Assert.Equal(Math.Log(Math.Abs(determinant)), volumes[i], 1e-9);
        }
    }

    [Fact]
    public void Parameters_stay_inside_while_they_are_learnt()
    {
        Svi<Tensor?> inference = new(Model, _ => { }, new Adam(0.1), new TraceElbo(), seed: 1);
        for (int step = 0; step < 500; step++)
        {
            inference.Step(null);
            Assert.True(Ball.Check(inference.Parameters["at"]).All());
        }

        Assert.Equal(1.5, inference.Parameters["at"][0].Item(), 0.01);
        Assert.Equal(-1, inference.Parameters["at"][1].Item(), 0.01);

        static void Model(Tensor? data)
        {
            Tensor at = Param("at", Tensor.From([0.1, 0.2]), Ball, eventDimensions: 1);
            Factor("pull", -(at - Tensor.From([1.5, -1.0])).Square().Sum());
        }
    }

    [Theory]
    [InlineData(2)]
    [InlineData(3)]
    public void Latent_vectors_of_the_set_are_sampled(int dimension)
    {
        McmcResult posterior =
            Mcmc.Run(() => Sample("at", new BallUniform(dimension, 2)), chains: 2, warmup: 300, draws: 1_000, seed: 3);
        Tensor lengths = posterior["at"].Square().Sum(-1).Sqrt();

        Assert.Equal(2.0 * dimension / (dimension + 1), lengths.Mean().Item(), 0.06);
        Assert.True(lengths.Max().Item() < 2);
        Assert.Equal(0, posterior.Divergences);
    }

    /// <summary>The bound of an entry that a mask leaves out is no number, and neither is a value inside of it.</summary>
    [Fact]
    public void Bounds_that_a_mask_leaves_out_refuse_nothing()
    {
        Tensor low = Tensor.From([1.0, double.NaN]), mask = Tensor.From([true, false]);
        static void Model(Tensor low, Tensor mask, Tensor values) => Sample("x", new From(low).Mask(mask).ToEvent(1), observed: values);

        Trace trace = Inspect.Check(() => Model(low, mask, Tensor.From([1.5, 7.0])));

        Assert.Equal(-0.5, trace.LogProb().Item(), 1e-12);
        Assert.Throws<ModelException>(() => Inspect.Check(() => Model(low, mask, Tensor.From([0.5, 7.0]))));
    }

    [Fact]
    public void A_guide_fits_them_and_values_outside_are_refused_in_words()
    {
        Svi<Tensor?> inference = new(Model, new AutoNormal<Tensor?>(Model), new Adam(0.02), new TraceElbo(), seed: 1);
        for (int step = 0; step < 800; step++)
        {
            inference.Step(null);
        }
        Tensor draws = inference.Predict(null, 400)["at"];

        Assert.Equal(1, draws[.., 0].Mean().Item(), 0.15);
        Assert.True(draws.Square().Sum(-1).Max().Item() < 4);
        Assert.Contains("a vector shorter than 2", Assert.Throws<ArgumentException>(
            () => new BallUniform(2, 2).LogProb(Tensor.From([2.0, 1.0]))).Message);

        static void Model(Tensor? data)
        {
            Tensor at = Sample("at", new BallUniform(2, 2));
            Sample("seen", new Normal(at, 0.1).ToEvent(1), observed: Tensor.From([1.0, -0.5]));
        }
    }

    /// <summary>An exponential law that begins at a bound.</summary>
    private sealed class From : Distribution
    {
        public From(Tensor low)
            : base(low.Shape, Shape.Scalar, validate: true) => Low = Declare("low", low, Constraints.Real);

        public Tensor Low { get; }

        public override Constraint Support => new AboveConstraint(Low);

        protected override Tensor Draw(RandomKey key, Shape shape) => Low - key.Uniform(shape, DType).Log();

        protected override Tensor LogDensity(Tensor value) => Low - value;
    }

    private sealed class AboveConstraint(Tensor low) : Constraint("above", "a number above a bound")
    {
        public override Tensor Check(Tensor value) => value >= low;

        protected override Tensor InteriorPoint(Tensor value) => low + 1;
    }
}
