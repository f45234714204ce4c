using System.Reflection;
using Pyrite.Engine;
using Pyrite.Ops.Copies;
using Pyrite.Programs.Compiled;
using Pyrite.Programs.Scans;

namespace Pyrite;

/// <summary>A C# function of tensors that was recorded once, with the tensors that it captures made arguments: what a solver runs on numbers of its
/// own, such as the right-hand side of a differential equation.</summary>
/// <remarks>
/// The body is what <see cref="Scan"/> records of a round: what no argument and no gradient has a part in is computed once, outside, and counts as
/// captured; so do plain numbers. Two closures are equal where their operations are, whatever is captured, so that programs and code made for one
/// serve the other. Never changes; any number of threads may issue it.
/// </remarks>
public sealed class RecordedClosure : IEquatable<RecordedClosure>
{
    private readonly ScanBody body;
    private readonly StepCheck[] checks;
    private readonly int results;

    private RecordedClosure(ScanBody body, StepCheck[] checks)
    {
        (this.body, this.checks) = (body, checks);
        results = body.Outputs.Length - checks.Length;
    }

    /// <summary>How many arguments the function has.</summary>
    public int Arguments => body.Inputs;

    /// <summary>How many tensors it captures.</summary>
    public int Captured => body.Given.Length - body.Inputs;

    /// <summary>Records a function, in Float64.</summary>
    /// <param name="function">From arguments to results; called twice, with tensors that have shapes but no numbers.</param>
    /// <param name="like">Tensors of the arguments' shapes; floating-point ones become Float64.</param>
    /// <param name="subject">What the function is called in errors, such as "the right-hand side".</param>
    /// <param name="method">The C# code that tells functions apart, where <paramref name="function"/> is only wrapped around it; null for its
    /// own.</param>
    /// <returns>The function, and what it captures: tracked where gradients flow to it.</returns>
    /// <exception cref="ArgumentException">The function reads a number, draws, or does something else when it is called again.</exception>
    public static (RecordedClosure Closure, Tensor[] Captured) Record(Func<Tensor[], Tensor[]> function, IReadOnlyList<Tensor> like, string subject,
        MethodInfo? method = null)
    {
        ArgumentNullException.ThrowIfNull(function);
        ArgumentNullException.ThrowIfNull(like);
        method ??= function.Method;
        using Precision.Scope precision = Precision.Use(DType.Float64);
        (BodyRecording recording, StepCheck[] checks) = Call(function, like);
        Tensor[] captured = recording.Capture();
        if (recording.IsRead)
        {
            throw new ArgumentException(
                $"{subject} was called to record it, but it reads a number that depends on its arguments, which would be another one at every point. "
                    + "Choose with Tensor.Where instead of if, and compute with tensors instead of Item().", nameof(function));
        }
        ScanBody body = recording.IsVarying ? recording.Body : ScanBodies.Shared(recording.Body);
        if (recording.IsVarying || !ScanBodies.IsUniform(method, body))
        {
            if (recording.IsVarying || !recording.IsSame(Call(function, like).Recording))
            {
                throw new ArgumentException(
                    $"{subject} was called twice to record it and did not do the same both times. It must be a function of its arguments and of "
                        + "tensors that stay the same: no draws, counters or clocks.", nameof(function));
            }
            ScanBodies.NoteUniform(method, body);
        }
        return (new RecordedClosure(body, checks), captured);
    }

    /// <summary>Issues the operations on other tensors; gradients flow to all of them.</summary>
    /// <param name="arguments">As recorded.</param>
    /// <param name="captured">What stands for the captured tensors, of their shapes; numbers may be of another type, and are converted.</param>
    /// <exception cref="ArgumentException">Numbers of tensors or shapes do not fit.</exception>
    public Tensor[] Issue(IReadOnlyList<Tensor> arguments, IReadOnlyList<Tensor> captured)
    {
        Tensor[] given = [.. arguments, .. captured];
        if (arguments.Count != Arguments || given.Length != body.Given.Length)
        {
            throw new ArgumentException(
                $"The function takes {Arguments} arguments and {Captured} captured tensors; it was given {arguments.Count} and {captured.Count}.");
        }
        for (int i = 0; i < given.Length; i++)
        {
            TensorSpec spec = body.Given[i];
            given[i] = given[i].Shape == spec.Shape
                ? given[i].To(spec.DType).In(spec.Layout)
                : throw new ArgumentException($"Tensor {i} of the function was recorded with shape {spec.Shape}; it was given {given[i].Shape}.");
        }
        Tensor[] values = BodyNode.Issue(body.Nodes, given);
        for (int i = 0; i < checks.Length; i++)
        {
            Tensor verdict = BodyNode.Find(body.Outputs[results + i], values, given).Detach();
            StepCheck.Add(verdict.AllWithin(ScanVerdict.Holding), checks[i].Subject, checks[i].Part, BodyNode.Find(body.Checked[i], values, given));
        }
        return [.. body.Outputs.Take(results).Select(source => BodyNode.Find(source, values, given))];
    }

    /// <summary>Whether another function does the same operations.</summary>
    public bool Equals(RecordedClosure? other) => other is not null && body.Equals(other.body);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as RecordedClosure);

    /// <inheritdoc/>
    public override int GetHashCode() => body.GetHashCode();

    private static (BodyRecording Recording, StepCheck[] Checks) Call(Func<Tensor[], Tensor[]> function, IReadOnlyList<Tensor> like)
    {
        // Gradients may be asked for wherever it is issued.
        using NoGradient.Scope tracked = NoGradient.Suspend();
        using StepScope scope = StepScope.Begin();
        scope.Recorder.RecordAfresh(isPutOff: true);
        Tensor[] arguments = [.. like.Select(AsArgument)];
        int depth = Scan.BodyDepth;
        Scan.BodyDepth = depth + 1;
        Tensor[] results;
        try
        {
            results = Array.ConvertAll(function(arguments), AsReal);
        }
        finally
        {
            Scan.BodyDepth = depth;
        }
        StepCheck[] checks = [.. scope.Recorder.Noted!];
        Tensor[] verdicts = [.. checks.Select(check => AsReal(check.Verdict))];
        return (BodyRecording.Of(scope, 0, arguments.Length, 0, [], [.. results, .. verdicts], DType.Float64,
            [.. checks.Select(check => AsReal(check.Value))]), checks);
    }

    private static Tensor AsArgument(Tensor tensor) => ArgumentOperation.Of(
        tensor.DType.IsFloatingPoint ? tensor.To(DType.Float64).AsVariable() : tensor.Detach());

    private static Tensor AsReal(Tensor tensor) => tensor.To(DType.Float64).In(Layout.RowMajor);
}
