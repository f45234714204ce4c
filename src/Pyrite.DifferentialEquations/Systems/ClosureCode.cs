namespace Pyrite.Systems;

/// <summary>A function of time and state with what it captures, and its derivatives, each recorded and compiled when it is first needed.</summary>
internal sealed class ClosureCode : IEquatable<ClosureCode>
{
    private readonly RecordedClosure closure;
    private readonly bool[] wanted;
    private readonly Shape[] shapes;
    private readonly Lazy<ReplayedFunction> value;
    private readonly Lazy<ReplayedFunction> back;
    private readonly Lazy<ReplayedFunction> jacobian;
    private readonly Lazy<ReplayedFunction> bend;
    private readonly Lazy<ReplayedFunction> bendAlong;
    private readonly Lazy<ReplayedFunction?> timeSlope;

    /// <param name="closure">The function of time, state and captured tensors.</param>
    /// <param name="state">The state's shape.</param>
    /// <param name="captured">What it captures.</param>
    /// <param name="results">How many numbers it gives.</param>
    public ClosureCode(RecordedClosure closure, Shape state, Tensor[] captured, int results)
    {
        (this.closure, State, Results) = (closure, state, results);
        wanted = Array.ConvertAll(captured, tensor => tensor.RequiresGradient);
        shapes = [Shape.Scalar, state, .. captured.Select(tensor => tensor.Shape)];
        Counts = [.. captured.Select(tensor => (int)tensor.Shape.Count)];
        value = new(() => Compile("value", Value));
        back = new(() => Compile("gradient", Back, [results]));
        jacobian = new(() => Compile("Jacobian", all => Join(Rows(all, false).SelectMany(row => new[] { row.State, row.Time }))));
        bend = new(() => Compile("second derivatives", Bend, [results, (int)state.Count], [results]));
        bendAlong = new(() => Compile("second derivatives", BendAlong, [results], [(int)state.Count], Shape.Scalar));
        timeSlope = new(() => DependsOnTime() ? Compile("derivative in time", TimeSlope) : null);
    }

    /// <summary>The shape of the state.</summary>
    public Shape State { get; }

    /// <summary>How many numbers the state has.</summary>
    public int Size => (int)State.Count;

    /// <summary>How many numbers the function gives.</summary>
    public int Results { get; }

    /// <summary>How many numbers it captures.</summary>
    public int Captured => (int)shapes.Skip(2).Sum(shape => shape.Count);

    /// <summary>Which captured tensors gradients flow to.</summary>
    public ReadOnlySpan<bool> Wanted => wanted;

    /// <summary>How many numbers each captured tensor has.</summary>
    public int[] Counts { get; }

    /// <summary>The shape of a captured tensor.</summary>
    public Shape CapturedShape(int i) => shapes[i + 2];

    /// <summary>How many of the captured numbers gradients flow to.</summary>
    public int WantedCount => wanted.Select((want, i) => want ? (int)shapes[i + 2].Count : 0).Sum();

    /// <summary>From (t, y, captured) to the result.</summary>
    public ReplayedFunction ValueFunction => value.Value;

    /// <summary>From (t, y, captured, weights of the results) to the gradients for y, t and the wanted captured tensors, one after the
    /// other.</summary>
    public ReplayedFunction BackFunction => back.Value;

    /// <summary>From (t, y, captured) to the derivatives of each result in y and in t.</summary>
    public ReplayedFunction JacobianFunction => jacobian.Value;

    /// <summary>From (t, y, captured, weights of the Jacobian, weights of the derivatives in time) to the gradients of the weighted sum for y and the
    /// wanted captured tensors.</summary>
    public ReplayedFunction BendFunction => bend.Value;

    /// <summary>From (t, y, captured, weights u of the results, a direction k, a number c) to the gradients of u·(∂f/∂y k + c ∂f/∂t) for y and the
    /// wanted captured tensors.</summary>
    public ReplayedFunction BendAlongFunction => bendAlong.Value;

    /// <summary>From (t, y, captured) to the derivatives of the results in t; null where the function does not read the time.</summary>
    public ReplayedFunction? TimeSlopeFunction => timeSlope.Value;

    public bool Equals(ClosureCode? other) => other is not null && closure.Equals(other.closure) && State == other.State
        && wanted.AsSpan().SequenceEqual(other.wanted);

    public override bool Equals(object? obj) => Equals(obj as ClosureCode);

    public override int GetHashCode() => closure.GetHashCode();

    /// <summary>Issues the function on tensors, for other functions made of it.</summary>
    /// <param name="t">The time.</param>
    /// <param name="y">The state.</param>
    /// <param name="captured">What it captures.</param>
    public Tensor Issue(Tensor t, Tensor y, IReadOnlyList<Tensor> captured) => closure.Issue([t, y], captured)[0];

    private Tensor Value(Tensor[] all) => Issue(all[0], all[1], all[2..shapes.Length]).Reshape(Results);

    private Tensor Back(Tensor[] all)
    {
        Tensor[] variables = [all[1], all[0], .. WantedOf(all)];
        return Join(Gradients(Value(all), variables, all[^1], false));
    }

    private IEnumerable<(Tensor State, Tensor Time)> Rows(Tensor[] all, bool createGraph)
    {
        Tensor result = Value(all);
        for (int i = 0; i < Results; i++)
        {
            double[] unit = new double[Results];
            unit[i] = 1;
            Tensor[] row = Gradients(result, [all[1], all[0]], Tensor.From(unit), createGraph);
            yield return (row[0].Reshape(Size), row[1].Reshape(1));
        }
    }

    private Tensor Bend(Tensor[] all)
    {
        Tensor matrix = all[^2], weights = all[^1], total = Tensor.Zeros(Shape.Scalar, DType.Float64);
        int row = 0;
        foreach ((Tensor state, Tensor time) in Rows(all, true))
        {
            total = total + (state * matrix[row]).Sum() + (time * weights[row]).Sum();
            row++;
        }
        return Join(Gradients(total, [all[1], .. WantedOf(all)], null, false));
    }

    private Tensor BendAlong(Tensor[] all)
    {
        Tensor[] slopes = Gradients(Value(all), [all[1], all[0]], all[^3], true);
        Tensor total = (slopes[0].Reshape(Size) * all[^2]).Sum() + (slopes[1].Reshape(Shape.Scalar) * all[^1]);
        return Join(Gradients(total, [all[1], .. WantedOf(all)], null, false));
    }

    /// <summary>The weighted sum of the results' derivatives in time, differentiated in the weights.</summary>
    private Tensor TimeSlope(Tensor[] all)
    {
        Tensor weights = Tensor.Ones([Results], DType.Float64).AsVariable();
        Tensor slope = Gradients(Value(all), [all[0]], weights, true)[0].Sum();
        return Gradients(slope, [weights], null, false)[0];
    }

    private bool DependsOnTime() => StepScope.Outside(() =>
    {
        using NoGradient.Scope tracked = NoGradient.Suspend();
        Tensor[] all = [.. shapes.Select(shape => (0.5 * Tensor.Ones(shape, DType.Float64)).AsVariable())];
        Tensor value = Value(all);
        return value.RequiresGradient && Gradient.OrNull(value, [all[0]], Tensor.Ones([Results], DType.Float64))[0] is not null;
    });

    private IEnumerable<Tensor> WantedOf(Tensor[] all) => Enumerable.Range(0, wanted.Length).Where(i => wanted[i]).Select(i => all[i + 2]);

    private static Tensor[] Gradients(Tensor output, Tensor[] variables, Tensor? cotangent, bool createGraph) => output.RequiresGradient
        ? Gradient.Of(output, variables, cotangent, createGraph)
        : Array.ConvertAll(variables, variable => Tensor.Zeros(variable.Shape, DType.Float64));

    private static Tensor Join(IEnumerable<Tensor> parts) => Tensor.Concat([.. parts.Select(part => part.Reshape(-1))], 0);

    /// <summary>Compiled outside of all steps: code outlives them.</summary>
    private ReplayedFunction Compile(string what, Func<Tensor[], Tensor> function, params Shape[] more) => StepScope.Outside(() =>
    {
        Shape[] all = [.. shapes, .. more];
        double[] point = new double[all.Sum(shape => shape.Count)];
        Array.Fill(point, 0.5);
        return ReplayedFunction.TryRecord(tensors => [function(tensors)], all, point, withGradient: false, out string? reader)
            ?? throw new ArgumentException($"Ode: the {what} of a function could not be recorded, because it reads a value at {reader}.");
    });
}
