
using static Pyrite.Primitives;

namespace Pyrite.Tests;

/// <summary>Networks take part in a loss only where somebody has registered or frozen them.</summary>
public sealed class RegistrationTests
{
    public static TheoryData<string> Objectives =>
        ["trace", "graph", "mean field", "two particles", "importance weighted", "renyi", "custom", "sticking"];

    [Theory]
    [MemberData(nameof(Objectives))]
    public void Every_objective_refuses_a_network_that_nobody_registered(string name)
    {
        Elbo objective = Objective(name);
        Linear decoder = new(1, 1);
        void Model(Tensor y) => Sample("y", new Normal(decoder.Forward(Sample("z", new Normal(0, 1)).Reshape(1)).Sum(), 1), observed: y);
        Svi<Tensor> svi = new(Model, Guide, new Adam(), objective);
        ModelException error = Assert.Throws<ModelException>(() => svi.Step(1.0));
        Assert.Equal(ModelError.UnregisteredParameters, error.Kind);
        Assert.Contains("Linear.bias [1], Linear.weight [1, 1]", error.Message);
        Assert.Equal(error.Kind, Assert.Throws<ModelException>(() => new Svi<Tensor>(Model, Guide, new Adam(), objective).Evaluate(1.0)).Kind);
    }

    [Theory]
    [MemberData(nameof(Objectives))]
    public void A_frozen_network_takes_part_and_stays_as_it_is(string name)
    {
        Linear decoder = new Linear(1, 1).Frozen();
        float[] before = decoder.Weight.Value.ToArray<float>();
        void Model(Tensor y)
        {
            Register("decoder", decoder);
            Sample("y", new Normal(decoder.Forward(Sample("z", new Normal(0, 1)).Reshape(1)).Sum(), 1), observed: y);
        }

        Svi<Tensor> svi = new(Model, Guide, new Adam(learningRate: 0.1), Objective(name));
        svi.Run(1.0, 20);
        Assert.Equal(before, decoder.Weight.Value.ToArray<float>());
        Assert.NotEqual(0, svi.Parameters["loc"].Item());
        Assert.Contains("decoder.weight", svi.Parameters.Names);
        decoder.Frozen(false);
        svi.Run(1.0, 20);
        Assert.NotEqual(before, decoder.Weight.Value.ToArray<float>());
    }

    [Fact]
    public void A_step_that_another_inference_has_recorded_is_refused_all_the_same()
    {
        Linear decoder = new(1, 1);
        void Model(bool isRegistered)
        {
            if (isRegistered)
            {
                Register("decoder", decoder);
            }
            Sample("y", new Normal(decoder.Forward(Sample("z", new Normal(0, 1)).Reshape(1)).Sum(), 1), observed: 1.0);
        }

        static void Draw(bool isRegistered) => Guide(1.0);
        new Svi<bool>(Model, Draw, new Adam(), new TraceElbo()).Run(true, 5);
        Svi<bool> second = new(Model, Draw, new Adam(), new TraceElbo());
        Assert.Equal(ModelError.UnregisteredParameters, Assert.Throws<ModelException>(() => second.Step(false)).Kind);
        second.Step(true);
        Assert.Equal(ModelError.UnregisteredParameters, Assert.Throws<ModelException>(() => second.Step(false)).Kind);
    }

    [Theory]
    [InlineData(3)]
    [InlineData(60)]
    public void A_network_that_takes_the_place_of_a_registered_one_in_a_recorded_step_is_refused(int steps)
    {
        // Of the same shapes, so that the step looks as it did; after 60 steps it is compiled.
        Linear registered = new(1, 1), other = new(1, 1), both = new(1, 1);
        void Model(Linear used)
        {
            Register("decoder", registered);
            Tensor z = Sample("z", new Normal(0, 1)).Reshape(1);
            Tensor mean = used == both ? registered.Forward(z) + other.Forward(z) : used.Forward(z) + registered.Forward(z);
            Sample("y", new Normal(mean.Sum(), 1), observed: 1.0);
        }

        Svi<Linear> svi = new(Model, _ => Guide(1.0), new Adam(), new TraceElbo());
        foreach (Linear swapped in (Linear[])[other, both, other, both])
        {
            svi.Run(registered, steps);
            ModelException error = Assert.Throws<ModelException>(() => svi.Step(swapped));
            Assert.Equal(ModelError.UnregisteredParameters, error.Kind);
            Assert.Contains("Linear.bias [1], Linear.weight [1, 1]", error.Message);
        }
    }

    [Fact]
    public void Evaluation_before_and_after_the_first_step_gives_what_it_gave()
    {
        // The first evaluation keeps the history of the loss, the second does not: the same draw must give the same loss.
        static void Model(Tensor y) => Sample("y", new Normal(Sample("z", new Normal(0, 1)), 1), observed: y);
        Svi<Tensor> first = new(Model, Guide, new Sgd(0), new TraceElbo()), second = new(Model, Guide, new Sgd(0), new TraceElbo());
        second.Step(1.0);
        Assert.Equal(first.Evaluate(1.0), second.Evaluate(1.0));
    }

    [Fact]
    public void Networks_with_drawn_weights_need_no_registration()
    {
        Linear network = new(1, 1);
        void Model(Tensor y)
        {
            using (RandomModule("net", network, new Normal(0, 1)))
            {
                Sample("y", new Normal(network.Forward(Tensor.Ones(1)).Sum(), 1), observed: y);
            }
        }

        Svi<Tensor> svi = new(Model, new AutoNormal<Tensor>(Model), new Adam(), new TraceElbo());
        Assert.True(double.IsFinite(svi.Step(1.0)));
        Svi<Tensor> lifted = new(Lifted, new AutoNormal<Tensor>(Lifted), new Adam(), new TraceElbo());
        Assert.True(double.IsFinite(lifted.Step(1.0)));

        void Lifted(Tensor y)
        {
            using (new LiftHandler(_ => new Normal(0, 1)).Enter())
            {
                Register("net", network);
                Sample("y", new Normal(network.Forward(Tensor.Ones(1)).Sum(), 1), observed: y);
            }
        }
    }

    [Fact]
    public void Freezing_a_parameter_hides_it_from_gradients_and_optimizers()
    {
        Parameter one = new(Tensor.Ones(1)), other = new(Tensor.Ones(1)) { RequiresGradient = false };
        new Sgd([one, other], 0.5).Step((one.Value * other.Value).Sum());
        Assert.Equal((0.5, 1.0), (one.Value.Item(), other.Value.Item()));
        one.RequiresGradient = false;
        Assert.Contains("frozen", Assert.Throws<InvalidOperationException>(() => new Sgd([one, other], 0.5).Step(one.Value.Sum())).Message);
        one.Assign(Tensor.Full([1], 3.0));
        one.RequiresGradient = true;
        new Sgd([one], 0.5).Step(one.Value.Sum());
        Assert.Equal(2.5, one.Value.Item());
    }

    private static Elbo Objective(string name) => name switch
    {
        "trace" => new TraceElbo(),
        "graph" => new TraceGraphElbo(),
        "mean field" => new MeanFieldElbo(),
        "two particles" => new TraceElbo(particles: 2),
        "importance weighted" => new ImportanceWeightedElbo(2),
        "renyi" => new RenyiElbo(0.5, 2),
        "sticking" => new TraceElbo(stickingTheLanding: true),
        _ => new CustomElbo((model, guide) => guide.LogProb() - model.LogProb()),
    };

    private static void Guide(Tensor y) => Sample("z", new Normal(Param("loc", 0.0), 1));
}
