using static Pyrite.Primitives;

namespace Pyrite.Tests;

/// <summary>Parameters that are loaded before they exist, and constraints as part of what is saved.</summary>
public sealed class ParameterFilesTests : IDisposable
{
    private static readonly Tensor Low = Tensor.From([0f, 1]), High = Tensor.From([2f, 3]);

    /// <summary>Changes of a constraint that keep shape and start: another set, another map onto the same set, other bounds.</summary>
    private static readonly Dictionary<string, (Constraint Saved, Constraint Here, Tensor Start)> Changes = new()
    {
        ["real to positive"] = (Constraints.Real, Constraints.Positive, Tensor.From([1.5f, 1.5f])),
        ["positive to real"] = (Constraints.Positive, Constraints.Real, Tensor.From([1.5f, 1.5f])),
        ["another map"] = (Constraints.Positive, Constraints.SoftplusPositive, Tensor.From([1.5f, 1.5f])),
        ["positive to interval"] = (Constraints.Positive, Constraints.Interval(0, 5), Tensor.From([1.5f, 1.5f])),
        ["another bound"] = (Constraints.GreaterThan(0.5), Constraints.GreaterThan(0.25), Tensor.From([1.5f, 1.5f])),
        ["bounds by entry"] = (Constraints.Interval(Low, High), Constraints.Interval(Low, Tensor.From([2f, 4])), Tensor.From([1.5f, 1.5f])),
        ["bounds of vectors"] =
            (Constraints.Independent(Constraints.Interval(Low, High), 1), Constraints.Independent(Constraints.Interval(Low, Tensor.From([2f, 4])), 1),
                Tensor.From([1.5f, 1.5f])),
        ["ordered to positive"] = (Constraints.OrderedVector, Constraints.Positive, Tensor.From([0.5f, 1.5f])),
        ["joined parts"] =
            (Constraints.Stack([Constraints.Positive, Constraints.Real], -1), Constraints.Stack([Constraints.Positive, Constraints.Positive], -1),
                Tensor.From([1.5f, 1.5f])),
    };

    private readonly string folder = Directory.CreateTempSubdirectory("pyrite-parameters-").FullName;

    public static TheoryData<string> Kinds => [.. Changes.Keys];

    private string At => Path.Combine(folder, "p");

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Every_loader_refuses_a_changed_constraint(string kind)
    {
        (Constraint saved, Constraint here, Tensor start) = Changes[kind];
        Svi<Tensor> first = Fit(saved, start);
        first.Step(start);
        first.Save(At);
        string parameters = At + "-parameters";
        first.Parameters.Save(parameters);
        Svi<Tensor> other = Fit(here, start), begun = Fit(here, start), fresh = Fit(here, start), same = Fit(saved, start);
        begun.Step(start);
        Assert.Contains("parameter \"w\" must be", Assert.Throws<InvalidDataException>(() => other.Load(At, start)).Message);
        Assert.Contains("parameter \"w\" must be", Assert.Throws<ArgumentException>(() => other.Restore(SviState.Load(At), start)).Message);
        float[] before = begun.Parameters["w"].ToArray<float>();
        Assert.Contains("parameter \"w\" must be", Assert.Throws<InvalidDataException>(() => begun.Parameters.Load(parameters)).Message);
        Assert.Equal(before, begun.Parameters["w"].ToArray<float>());
        fresh.Parameters.Load(parameters);
        Assert.Contains("parameter \"w\" must be", Assert.Throws<InvalidDataException>(() => fresh.Step(start)).Message);

        // The same constraint, made anew, is the same.
        same.Load(At, start);
        Assert.Equal(first.Parameters["w"].ToArray<float>(), same.Parameters["w"].ToArray<float>());
        same.Parameters.Load(parameters);
    }

    [Fact]
    public void Values_wait_for_their_statements_and_the_first_step_begins_with_them()
    {
        EarlierFiles fit = new(), fresh = new();
        for (int step = 0; step < 3; step++)
        {
            fit.Svi.Step(EarlierFiles.Data);
        }
        fit.Svi.Parameters.Save(At);
        fresh.Svi.Parameters.Load(At);
        Assert.Empty(fresh.Svi.Parameters.Names);
        // Not as a checkpoint: the optimizer begins anew, and the keys are those of the first step.
        Assert.Equal(fit.Svi.Evaluate(EarlierFiles.Data), fresh.Svi.Evaluate(EarlierFiles.Data), 1e-4);
        Assert.Equal(fit.Svi.Parameters["network.weight"].ToArray<float>(), fresh.Svi.Parameters["network.weight"].ToArray<float>());
        double next = fresh.Svi.Step(EarlierFiles.Data);
        Assert.True(double.IsFinite(next));
        Assert.Equal(4, fresh.Svi.Parameters.Names.Count - 1);
    }

    [Fact]
    public void What_networks_remember_beside_parameters_waits_too()
    {
        Svi<Tensor> first = Normalized(1), fresh = Normalized(2), begun = Normalized(3);
        Tensor data = Tensor.From(new float[,] { { 1, 10 }, { 3, 30 }, { 5, 80 } });
        first.Step(data);
        first.Parameters.Save(At);
        begun.Step(data * 2f);
        fresh.Parameters.Load(At);
        begun.Parameters.Load(At);
        SviState expected = first.State();
        fresh.Evaluate(data);
        Assert.NotEmpty(expected.Buffers);
        Assert.All(expected.Buffers,
            buffer =>
                Assert.Equal(buffer.Value.To(DType.Float64).ToArray<double>(),
                    begun.State().Buffers[buffer.Key].To(DType.Float64).ToArray<double>()));
    }

    [Fact]
    public void What_model_and_file_do_not_share_is_refused_by_the_first_step()
    {
        Tensor start = Tensor.From([1.5f, 1.5f]);
        Svi<Tensor> fit = Fit(Constraints.Real, start);
        fit.Step(start);
        fit.Parameters.Save(At);
        Svi<Tensor> more = Svi(x => Sample("z", new Normal(Param("w", start) + Param("extra", start), 1f).ToEvent(1))),
            less = Svi(x => Sample("z", new Normal(Tensor.Zeros(2), 1f).ToEvent(1))),
            wider = Svi(x => Sample("z", new Normal(Param("w", Tensor.Ones(3)), 1f).ToEvent(1)));
        foreach (Svi<Tensor> other in (Svi<Tensor>[])[more, less, wider])
        {
            other.Parameters.Load(At);
        }
        Assert.Contains("\"extra\" is only in this model", Assert.Throws<InvalidDataException>(() => more.Step(start)).Message);
        Assert.Contains("Only in the file: w", Assert.Throws<InvalidDataException>(() => less.Step(start)).Message);
        Assert.Contains("Float32 [3] here and Float32 [2] in the file", Assert.Throws<InvalidDataException>(() => wider.Step(start)).Message);
    }

    private static Svi<Tensor> Fit(Constraint constraint, Tensor start) =>
        Svi(x => Sample("z", new Normal(Param("w", start, constraint), 1f).ToEvent(1)));

    private static Svi<Tensor> Svi(Action<Tensor> guide) => new(
        x => Sample("z", new Normal(Tensor.Zeros(2), 1f).ToEvent(1)),
        guide, new Adam(0.01), new TraceElbo(), 1);

    private static Svi<Tensor> Normalized(ulong seed)
    {
        BatchNorm1d norm = new(2);
        return new(
            x =>
            {
                Register("norm", norm);
                Tensor z = Sample("z", new Normal(0f, 1f));
                using PlateScope rows = Plate("rows", 3);
                Sample("y", new Normal(norm.Forward(x) + z, 1f).ToEvent(1), observed: x);
            },
            x => Sample("z", new Normal(Param("loc", 0f), 1f)), new Adam(0.01), new TraceElbo(), seed);
    }
}
