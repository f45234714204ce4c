using static Pyrite.Primitives;

namespace Pyrite.Tests;

public sealed class SviStateTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("pyrite-svi").FullName;

    private string Checkpoint => Path.Combine(folder, "fit.safetensors");

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Theory]
    [InlineData(1)]
    [InlineData(5)]
    public void A_resumed_run_gives_the_same_bits_as_one_that_never_stopped(int stop)
    {
        Fit whole = new(seed: 3), first = new(seed: 3), second = new(seed: 99);
        double[] expected = [.. Enumerable.Range(0, 9).Select(_ => whole.Svi.Step(Fit.Data))];
        double[] found = new double[9];
        for (int step = 0; step < stop; step++)
        {
            found[step] = first.Svi.Step(Fit.Data);
        }
        first.Svi.Save(Checkpoint);
        second.Svi.Load(Checkpoint, Fit.Data);
        for (int step = stop; step < 9; step++)
        {
            found[step] = second.Svi.Step(Fit.Data);
        }
        Assert.Equal(expected, found);
        Assert.Equal(3UL, second.Svi.Seed);
        Assert.Equal(9, second.Svi.StepCount);
        foreach (string name in whole.Svi.Parameters.Names)
        {
            Assert.Equal(whole.Svi.Parameters[name].ToArray<double>(), second.Svi.Parameters[name].ToArray<double>());
        }
        Assert.Contains("baseline.k.weight", whole.Svi.Parameters.Names);
        Assert.Equal(whole.Svi.Evaluate(Fit.Data), second.Svi.Evaluate(Fit.Data));
    }

    [Fact]
    public void A_checkpoint_of_another_model_is_refused_with_the_names_that_differ_and_changes_nothing()
    {
        Fit fit = new(seed: 1);
        fit.Svi.Step(Fit.Data);
        fit.Svi.Save(Checkpoint);
        static void Both(Tensor x) => Sample("z", new Normal(Param("elsewhere", 0.25), Param("scale", Tensor.Ones(2))).ToEvent(1));
        Svi<Tensor> other = new(Both, Both, new Adam(), new TraceElbo(), seed: 5);
        InvalidDataException error = Assert.Throws<InvalidDataException>(() => other.Load(Checkpoint, Fit.Data));
        Assert.Contains("only in the file", error.Message);
        Assert.Contains("net.weight", error.Message);
        Assert.Contains("only in this model: elsewhere", error.Message);
        Assert.Contains("scale (here Float32 [2], in the file Float32 [])", error.Message);
        Assert.Equal(0.25, other.Parameters["elsewhere"].Item());
        Assert.Equal(5UL, other.Seed);
    }

    [Fact]
    public void A_checkpoint_into_a_folder_that_does_not_exist_says_so()
    {
        Fit fit = new(seed: 1);
        fit.Svi.Step(Fit.Data);
        string message = Assert.Throws<DirectoryNotFoundException>(() => fit.Svi.Save(Path.Combine(folder, "nowhere", "fit"))).Message;
        Assert.Contains("nowhere\" does not exist. Create it first.", message);
    }

    [Fact]
    public void A_checkpoint_of_another_optimizer_is_refused_and_changes_nothing()
    {
        Fit fit = new(seed: 1);
        fit.Svi.Step(Fit.Data);
        fit.Svi.Save(Checkpoint);
        Fit other = new(seed: 2, new Sgd(0.1));
        other.Svi.Step(Fit.Data);
        double before = other.Svi.Parameters["loc"].Item();
        Assert.Contains("Adam", Assert.Throws<InvalidDataException>(() => other.Svi.Load(Checkpoint, Fit.Data)).Message);
        Assert.Equal(before, other.Svi.Parameters["loc"].Item());
    }

    [Fact]
    public void A_save_that_fails_leaves_the_last_checkpoint_whole()
    {
        Fit fit = new(seed: 1);
        fit.Svi.Step(Fit.Data);
        fit.Svi.Save(Checkpoint);
        byte[] before = File.ReadAllBytes(Checkpoint);
        SviState broken = fit.Svi.State() with { Parameters = new Dictionary<string, Tensor> { ["half \ud800"] = 1.0 } };
        Assert.Throws<ArgumentException>(() => broken.Save(Checkpoint));
        Assert.Equal(before, File.ReadAllBytes(Checkpoint));
        Assert.Equal([Checkpoint], Directory.GetFiles(folder));
    }

    [Fact]
    public void Damaged_files_are_refused_as_invalid_data()
    {
        Fit fit = new(seed: 1);
        fit.Svi.Step(Fit.Data);
        fit.Svi.Save(Checkpoint);
        byte[] whole = File.ReadAllBytes(Checkpoint);
        string damaged = Path.Combine(folder, "damaged");
        Random dice = new(4);
        int refused = 0;
        for (int trial = 0; trial < 400; trial++)
        {
            byte[] bytes = trial % 4 == 0 ? whole[..dice.Next(whole.Length)] : [.. whole];
            for (int i = 0; i < dice.Next(1, 4) && bytes.Length > 0; i++)
            {
                // Most damage goes into the header, where it can do harm.
                bytes[dice.Next(Math.Min(bytes.Length, 1500))] = (byte)dice.Next(256);
            }
            File.WriteAllBytes(damaged, bytes);
            try
            {
                SviState.Load(damaged);
            }
            catch (InvalidDataException)
            {
                refused++;
            }
        }
        Assert.InRange(refused, 200, 400);
        SafeTensors.Save(damaged, [KeyValuePair.Create("w", Tensor.Ones(2))]);
        Assert.Contains("pyrite.svi", Assert.Throws<InvalidDataException>(() => SviState.Load(damaged)).Message);
    }

    [Fact]
    public void Parameters_alone_come_back_inside_their_constraints()
    {
        Fit fit = new(seed: 1), other = new(seed: 2);
        fit.Svi.Step(Fit.Data);
        other.Svi.Step(Fit.Data);
        fit.Svi.Parameters.Save(Checkpoint);
        other.Svi.Parameters.Load(Checkpoint);
        Assert.Equal(fit.Svi.Parameters["scale"].Item(), other.Svi.Parameters["scale"].Item(), 6);
        Assert.Equal(fit.Svi.Parameters["net.weight"].ToArray<double>(), other.Svi.Parameters["net.weight"].ToArray<double>());
    }

    /// <summary>A model with everything that a state holds: a network with dropout and running statistics, baselines, a plateau schedule,
    /// groups.</summary>
    private sealed class Fit
    {
        private readonly Layer net = new Linear(2, 2);
        private readonly Dropout dropout = new(0.5);
        private readonly Linear prediction = new(1, 1);

        public Fit(ulong seed, Optimizer? optimizer = null) =>
            Svi = new Svi<Tensor>(Model, Guide, optimizer ?? new Adam(0.05) { Schedule = new PlateauSchedule() }, new TraceElbo(particles: 2), seed)
            {
                Groups = [new ParameterGroup(name => name.StartsWith("net."), new Adam(0.01)), new ParameterGroup(name => name == "frozen", null)],
                MaxGradientNorm = 5,
            };

        public static Tensor Data { get; } = Tensor.From([0.5f, -1]);

        public Svi<Tensor> Svi { get; }

        private void Model(Tensor x)
        {
            Tensor z = Sample("z", new Normal(0, 1)), k = Sample("k", new Bernoulli(0.3));
            using PlateScope rows = Plate("rows", 2);
            Sample("x", new Normal(z + k.To(DType.Float32), 1), observed: x);
        }

        private void Guide(Tensor x)
        {
            Register("net", net);
            Tensor shift = dropout.Forward(net.Forward(x)).Sum();
            Sample("z", new Normal(Param("loc", 0.0) + shift + Param("frozen", 0.125), Param("scale", 1.0, Constraints.Positive)));
            Baseline baseline = new() { Decay = 0.8, Network = prediction, Input = Tensor.Ones(1) };
            Sample("k", new Bernoulli(Param("p", 0.5, Constraints.UnitInterval)), options: SiteOptions.None.With(baseline));
        }
    }
}
