using Pyrite.Engine;
using Pyrite.Ops.Copies;
using Pyrite.Programs.Scans;

namespace Pyrite;

/// <summary>Loops over time: what each round makes of the state that the round before has left.</summary>
/// <remarks>
/// A carry, an input and an output are a tensor, a tuple of up to seven tensors, an array of tensors, or an <see cref="ITensorRecord"/>. The body is
/// recorded once and run for every round as one operation, in eager execution, in recorded steps and in densities; tensors that it captures are
/// constants of the loop, and gradients of any order flow to them as to the carry and the inputs. The body is therefore called once or twice,
/// however many rounds there are. Choose with <see cref="Tensor.Where(Tensor, Tensor, Tensor)"/>, not with <c>if</c>: a body that reads a number, or
/// does something else the second time it is called, is called in every round, which costs what a loop in C# costs, and a line on standard error
/// says so. The carry keeps its shapes and its one floating-point type, which is that of the outputs.
/// </remarks>
public static class Scan
{
    [ThreadStatic]
    private static int bodies;

    /// <summary>How many bodies, one inside the other, are being called on this thread.</summary>
    public static int BodyDepth
    {
        get => bodies;
        internal set => bodies = value;
    }

    /// <summary>Runs a body over the first axis of arrays.</summary>
    /// <param name="carry">The state before the first round.</param>
    /// <param name="inputs">Arrays [T, ..] of one T, from which each round gets its slices.</param>
    /// <param name="body">From the state and a round's slices to the next state and the round's outputs.</param>
    /// <param name="mask">Which rounds count, Bool [T], or [T, ..] where the first axes of the state are a batch; a round that does not count leaves
    /// the state as it is and gives zeros, and no number in it reaches a gradient, not even NaN.</param>
    /// <param name="reverse">Whether the last round comes first; outputs stay in the order of the inputs.</param>
    /// <param name="count">How many rounds there are, the first ones in time: an Int64 scalar from 0 to T, whose number may be another one in every
    /// step of one recorded program. Rounds that there are not leave the state as it is, give zeros and take no time. Null for T.</param>
    /// <returns>The state after the last round, and the outputs of all rounds, [T, ..].</returns>
    /// <exception cref="ArgumentException">Shapes or types do not fit, or a group is of a kind that cannot be taken apart.</exception>
    public static (TCarry Carry, TOutput Outputs) Run<TCarry, TInput, TOutput>(TCarry carry, TInput inputs,
        Func<TCarry, TInput, (TCarry Carry, TOutput Output)> body, Tensor? mask = null, bool reverse = false, Tensor? count = null)
    {
        ArgumentNullException.ThrowIfNull(body);
        Tensor[] arrays = [.. TensorGroup.Flatten(inputs).Select(Real)], state = [.. TensorGroup.Flatten(carry).Select(Real)];
        int rounds = ScanChecks.Rounds(arrays);
        TOutput example = default!;
        ScanCall.RoundFunction function = (tensors, slices) =>
        {
            (TCarry next, TOutput output) = body(TensorGroup.Build(carry, tensors), TensorGroup.Build(inputs, slices));
            example = output;
            return (TensorGroup.Flatten(next), TensorGroup.Flatten(output));
        };
        ScanChecks.Carry(state);
        ScanMask? masked = mask is null ? null : new ScanMask(mask, rounds);
        ScanCall call = new(state, masked is null ? arrays : [.. arrays, masked.Mask], rounds, reverse, masked?.Around(function) ?? function,
            body.Method, ScanChecks.Count(count));
        (Tensor[] last, Tensor[] outputs) = call.Run();
        return (TensorGroup.Build(carry, last), TensorGroup.Build(example, outputs));
    }

    /// <summary>Runs a body a number of times.</summary>
    /// <param name="carry">The state before the first round.</param>
    /// <param name="rounds">How many rounds; at least 0.</param>
    /// <param name="body">From the state to the next state and the round's outputs.</param>
    /// <returns>The state after the last round, and the outputs of all rounds, [rounds, ..].</returns>
    /// <exception cref="ArgumentException">Shapes or types do not fit, or a group is of a kind that cannot be taken apart.</exception>
    public static (TCarry Carry, TOutput Outputs) Run<TCarry, TOutput>(TCarry carry, int rounds,
        Func<TCarry, (TCarry Carry, TOutput Output)> body)
    {
        ArgumentNullException.ThrowIfNull(body);
        ArgumentOutOfRangeException.ThrowIfNegative(rounds);
        Tensor[] state = [.. TensorGroup.Flatten(carry).Select(Real)];
        TOutput example = default!;
        ScanChecks.Carry(state);
        ScanCall call = new(state, [], rounds, false,
            (tensors, _) =>
            {
                (TCarry next, TOutput output) = body(TensorGroup.Build(carry, tensors));
                example = output;
                return (TensorGroup.Flatten(next), TensorGroup.Flatten(output));
            }, body.Method);
        (Tensor[] last, Tensor[] outputs) = call.Run();
        return (TensorGroup.Build(carry, last), TensorGroup.Build(example, outputs));
    }

    /// <summary>The state after the last round of a body that gives no outputs.</summary>
    /// <param name="carry">The state before the first round.</param>
    /// <param name="inputs">Arrays [T, ..] of one T, from which each round gets its slices.</param>
    /// <param name="body">From the state and a round's slices to the next state.</param>
    /// <param name="mask">Which rounds count; see <see cref="Run{TCarry, TInput, TOutput}"/>.</param>
    /// <param name="reverse">Whether the last round comes first.</param>
    /// <param name="count">How many rounds there are; see <see cref="Run{TCarry, TInput, TOutput}"/>.</param>
    /// <exception cref="ArgumentException">Shapes or types do not fit, or a group is of a kind that cannot be taken apart.</exception>
    public static TCarry Fold<TCarry, TInput>(TCarry carry, TInput inputs, Func<TCarry, TInput, TCarry> body, Tensor? mask = null,
        bool reverse = false, Tensor? count = null)
    {
        ArgumentNullException.ThrowIfNull(body);
        Tensor[] arrays = [.. TensorGroup.Flatten(inputs).Select(Real)], state = [.. TensorGroup.Flatten(carry).Select(Real)];
        int rounds = ScanChecks.Rounds(arrays);
        ScanChecks.Carry(state);
        ScanCall.RoundFunction function = (tensors, slices) =>
            (TensorGroup.Flatten(body(TensorGroup.Build(carry, tensors), TensorGroup.Build(inputs, slices))), []);
        ScanMask? masked = mask is null ? null : new ScanMask(mask, rounds);
        ScanCall call = new(state, masked is null ? arrays : [.. arrays, masked.Mask], rounds, reverse, masked?.Around(function) ?? function,
            body.Method, ScanChecks.Count(count));
        return TensorGroup.Build(carry, call.Run().Carry);
    }

    private static Tensor Real(Tensor tensor) => tensor.IsWeak ? tensor.To(Precision.Default) : tensor.In(Layout.RowMajor);
}
