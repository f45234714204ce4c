using static Pyrite.Primitives;

namespace Pyrite.Tests;

public sealed class SviTests
{
    private static readonly double[] Data = [-0.5, 2];

    [Fact]
    public void A_conjugate_posterior_is_found_exactly()
    {
        // z ~ N(0, 1), x_i ~ N(z, 1): the posterior is N(sum x / 3, 1 / sqrt 3), and the loss there is minus the log evidence at every draw.
        Svi<Tensor> svi = new(SharedModel, SharedGuide, new Adam(learningRate: 0.02), new TraceElbo(particles: 4), seed: 3);
        Tensor x = Tensor.From(Data);
        for (int step = 0; step < 2000; step++)
        {
            svi.Optimizer.LearningRate = 0.02 / (1 + (step / 100.0));
            svi.Step(x);
        }
        Assert.Equal(0.5, svi.Parameters["loc"].Item(), 0.03);
        Assert.Equal(1 / Math.Sqrt(3), svi.Parameters["scale"].Item(), 0.03);
        double evidence = -Math.Log(2 * Math.PI) - (0.5 * Math.Log(3)) - (0.5 * ((0.25 + 4) - (1.5 * 1.5 / 3)));
        Assert.Equal(-evidence, svi.Evaluate(x), 0.05);
    }

    [Fact]
    public void Expected_loss_and_gradient_are_the_closed_formulas()
    {
        // z_i ~ N(0, 1), x_i ~ N(z_i, 1), guide N(loc_i, scale): at loc = 0, scale = 1 the gradient of the expected loss is [0.5, -2] and 2.
        // Each step moves the parameters by minus the learning rate times the gradient; the mean over N seeds is within 4.5 standard errors.
        const int N = 8000;
        double[] sum = new double[3], squares = new double[3];
        Tensor x = Tensor.From(Data);
        for (int run = 0; run < N; run++)
        {
            Svi<Tensor> svi = new(LocalModel, LocalGuide, new PlainDescent(), new TraceElbo(), seed: (ulong)run);
            svi.Step(x);
            double[] loc = svi.Parameters["loc"].ToArray<double>();
            double[] g = [-loc[0], -loc[1], 1 - svi.Parameters["scale"].Item()];
            for (int i = 0; i < 3; i++)
            {
                sum[i] += g[i];
                squares[i] += g[i] * g[i];
            }
        }
        double[] expected = [0.5, -2, 2];
        for (int i = 0; i < 3; i++)
        {
            double mean = sum[i] / N;
            double error = Math.Sqrt(((squares[i] / N) - (mean * mean)) / N);
            Assert.InRange(mean, expected[i] - (4.5 * error), expected[i] + (4.5 * error));
            Assert.InRange(4.5 * error, 0, 0.25);
        }
    }

    [Fact]
    public void A_subsampled_plate_gives_the_full_loss_in_expectation()
    {
        Tensor x = Tensor.From(Enumerable.Range(0, 20).Select(i => 0.1 * i).ToArray());
        void Model(Tensor data)
        {
            using PlateScope rows = Plate("rows", 20, subsampleSize: 5);
            Tensor batch = rows.Subsample(data);
            Sample("y", new Normal(Param("mean", 0.0), 1), observed: batch);
        }

        Svi<Tensor> svi = new(Model, _ => { }, new Adam(), new TraceElbo(), seed: 5);
        double mean = Enumerable.Range(0, 2000).Average(_ => svi.Evaluate(x));
        double full = Enumerable.Range(0, 20).Sum(i => (0.5 * 0.01 * i * i) + (0.5 * Math.Log(2 * Math.PI)));
        Assert.Equal(full, mean, 0.25);          // the spread of one evaluation is about 4.6, so 0.25 is 2.4 standard errors at a fixed seed
    }

    [Fact]
    public void Model_and_guide_of_one_step_see_the_same_subsample()
    {
        List<long[]> seen = [];
        void Look(Tensor data)
        {
            using PlateScope rows = Plate("rows", 50, subsampleSize: 3);
            seen.Add(rows.Indices.ToArray<long>());
            Sample("z", new Normal(Param("p", 0.0), 1));
        }

        Svi<Tensor> svi = new(Look, Look, new Adam(), new TraceElbo());
        svi.Step(0.0);
        svi.Step(0.0);
        Assert.Equal(seen[0], seen[1]);
        Assert.NotEqual(seen[0], seen[2]);
    }

    [Fact]
    public void Discrete_guides_learn_by_the_score_function()
    {
        // Model: b ~ Bernoulli(0.5), observed 1 ~ N(b, 0.5). The posterior probability of b = 1 is 1 / (1 + exp(-2)).
        static void Model(Tensor data)
        {
            Tensor b = Sample("b", new Bernoulli(0.5));
            Sample("y", new Normal(b, 0.5), observed: data);
        }

        static void Guide(Tensor data) => Sample("b", new Bernoulli(Param("p", 0.5, Constraints.UnitInterval)));

        Svi<Tensor> svi = new(Model, Guide, new Adam(learningRate: 0.02), new TraceElbo(particles: 20), seed: 1);
        for (int step = 0; step < 600; step++)
        {
            svi.Step(1.0);
        }
        Assert.Equal(1 / (1 + Math.Exp(-2)), svi.Parameters["p"].Item(), 0.06);
    }

    [Fact]
    public void The_same_seed_gives_the_same_bits_and_another_seed_others()
    {
        double Run(ulong seed)
        {
            Svi<Tensor> svi = new(SharedModel, SharedGuide, new Adam(learningRate: 0.02), new TraceElbo(), seed);
            for (int step = 0; step < 20; step++)
            {
                svi.Step(Tensor.From(Data));
            }
            return svi.Parameters["loc"].Item();
        }

        Assert.Equal(Run(3), Run(3));
        Assert.NotEqual(Run(3), Run(4));
    }

    [Fact]
    public void A_latent_that_the_guide_lacks_is_refused()
    {
        Svi<Tensor> svi = new(SharedModel, _ => Sample("zz", new Normal(Param("loc", 0.0), 1)), new Adam(), new TraceElbo());
        ModelException error = Assert.Throws<ModelException>(() => svi.Step(Tensor.From(Data)));
        Assert.Equal("z", error.Site);
        Assert.Contains("the model draws it, but the guide does not", error.Message);
        Assert.Contains("\"zz\"", error.Message);
    }

    [Fact]
    public void A_latent_that_the_model_lacks_is_refused()
    {
        Svi<Tensor> svi = new(
            x => Sample("x", new Normal(0, 1), observed: 1.0), _ => Sample("z", new Normal(Param("loc", 0.0), 1)), new Adam(), new TraceElbo());
        Assert.Contains("the model has no such site", Assert.Throws<ModelException>(() => svi.Step(0.0)).Message);
    }

    [Fact]
    public void A_batch_dimension_without_a_plate_is_refused_with_the_table_of_shapes()
    {
        Svi<Tensor> svi = new(
            x =>
            {
                using (Plate("data", 100))
                {
                    Sample("z", new Normal(Tensor.Zeros(100, 2), 1));
                }
            },
            _ =>
            {
                using (Plate("data", 100))
                {
                    Sample("z", new Normal(Tensor.Zeros(100, 2) + Param("loc", 0.0), 1));
                }
            },
            new Adam(),
            new TraceElbo());
        ModelException error = Assert.Throws<ModelException>(() => svi.Step(0.0));
        Assert.StartsWith("Site \"z\": in the guide its log-probability has shape [100, 2], its plates allow [100].", error.Message);
        Assert.Contains("ToEvent(1)", error.Message);
        Assert.Contains("Trace shapes", error.Message);
    }

    [Fact]
    public void A_step_in_which_no_parameter_receives_a_gradient_is_refused()
    {
        static void Both(Tensor x)
        {
            Param("unused", 1.0);
            Sample("z", new Normal(0, 1));
        }

        Svi<Tensor> svi = new(Both, Both, new Adam(), new TraceElbo());
        string message = Assert.Throws<ModelException>(() => svi.Step(0.0)).Message;
        Assert.Contains("No parameter received a gradient", message);
        Assert.Contains("unused", message);
    }

    [Fact]
    public void A_step_without_any_parameter_is_refused()
    {
        static void Both(Tensor x) => Sample("z", new Normal(0, 1));
        Svi<Tensor> svi = new(Both, Both, new Adam(), new TraceElbo());
        Assert.Contains("nothing to learn", Assert.Throws<ModelException>(() => svi.Step(0.0)).Message);
    }

    [Fact]
    public void Non_finite_losses_skip_the_step_and_ten_in_a_row_stop_with_the_site()
    {
        static void Model(Tensor x) => Sample("y", new Normal(Param("mean", 1.0), 1, validate: false), observed: x);
        Svi<Tensor> svi = new(Model, _ => { }, new Adam(learningRate: 0.1), new TraceElbo());
        for (int i = 0; i < 9; i++)
        {
            Assert.True(double.IsNaN(svi.Step(double.NaN)));
        }
        Assert.Equal(9, svi.SkippedCount);
        Assert.Equal(1.0, svi.Parameters["mean"].Item());
        ModelException error = Assert.Throws<ModelException>(() => svi.Step(double.NaN));
        Assert.Contains("10 steps in a row", error.Message);
        Assert.Contains("\"y\" in the model", error.Message);
        svi.Step(0.0);
        Assert.Equal(10, svi.SkippedCount);
        Assert.NotEqual(1.0, svi.Parameters["mean"].Item());
    }

    [Fact]
    public void Two_module_instances_under_one_name_are_refused()
    {
        static void Model(Tensor x) =>
            Sample("y", new Normal(Register("net", new Linear(1, 1)).Forward(Tensor.Ones(1)).Reshape(Shape.Scalar), 1), observed: x);
        Svi<Tensor> svi = new(Model, _ => { }, new Adam(), new TraceElbo());
        svi.Step(0.0);
        ModelException error = Assert.Throws<ModelException>(() => svi.Step(0.0));
        Assert.Equal("net", error.Site);
        Assert.Contains("Create the module once", error.Message);
    }

    [Fact]
    public void Evaluate_changes_nothing()
    {
        Svi<Tensor> svi = new(SharedModel, SharedGuide, new Adam(), new TraceElbo());
        double first = svi.Evaluate(Tensor.From(Data));
        double before = svi.Parameters["loc"].Item();
        double second = svi.Evaluate(Tensor.From(Data));
        Assert.NotEqual(first, second);
        Assert.Equal(before, svi.Parameters["loc"].Item());
        Assert.Equal(0, svi.StepCount);
    }

    [Fact]
    public void Parameters_can_be_read_and_set_inside_their_constraint()
    {
        Svi<Tensor> svi = new(SharedModel, SharedGuide, new Adam(), new TraceElbo());
        svi.Step(Tensor.From(Data));
        svi.Parameters.Set("scale", 0.25);
        Assert.Equal(0.25, svi.Parameters["scale"].Item(), 6);
        Assert.Contains("positive", Assert.Throws<ArgumentException>(() => svi.Parameters.Set("scale", -1.0)).Message);
        Assert.Contains("scale", Assert.Throws<KeyNotFoundException>(() => svi.Parameters["sale"]).Message);
    }

    private static void SharedModel(Tensor x)
    {
        Tensor z = Sample("z", new Normal(0, 1));
        using (Plate("data", 2))
        {
            Sample("x", new Normal(z, 1), observed: x);
        }
    }

    private static void SharedGuide(Tensor x) => Sample("z", new Normal(Param("loc", 0.0), Param("scale", 1.0, Constraints.Positive)));

    private static void LocalModel(Tensor x)
    {
        using (Plate("data", 2))
        {
            Tensor z = Sample("z", new Normal(0, 1));
            Sample("x", new Normal(z, 1), observed: x);
        }
    }

    private static void LocalGuide(Tensor x)
    {
        Tensor loc = Param("loc", Tensor.Zeros(2));
        Tensor scale = Param("scale", Tensor.Ones(1));
        using (Plate("data", 2))
        {
            Sample("z", new Normal(loc, scale));
        }
    }

    /// <summary>Moves each parameter by minus its gradient, so that one step from a known start shows the gradient.</summary>
    private sealed class PlainDescent() : Optimizer(1, null)
    {
        protected override IReadOnlyList<string> StateNames => [];

        protected override void Apply(ReadOnlySpan<ParameterUpdate> updates)
        {
            foreach (ParameterUpdate update in updates)
            {
                update.Parameter.Assign(update.Parameter.Value - update.Gradient);
            }
        }
    }
}
