namespace Pyrite.Programs;

/// <summary>A call of a pure function that a stream contains, so that the same call in a later step is taken as a whole instead of operation by
/// operation.</summary>
/// <remarks>A function may be called like this if its operations follow from its inputs' shapes and types, gradient targets and plain numbers
/// alone, and draw nothing.</remarks>
/// <param name="start">Its first node.</param>
/// <param name="end">The node after its last one.</param>
/// <param name="output">The node of its result.</param>
/// <param name="key">Which function it is.</param>
/// <param name="inputs">What it was given.</param>
/// <param name="checks">The conditions it tests.</param>
internal sealed class RecordedCall(int start, int end, int output, in CallKey key, CallInput[] inputs, CallCheck[] checks)
{
    /// <summary>How often a call is described anew because its plain numbers change, before it is left to its operations.</summary>
    public const int MostDescriptions = 8;

    /// <summary>Stands for a call that depends on more than its inputs.</summary>
    public static readonly RecordedCall Opaque = new(-1, 0, -1, default, [], []) { Description = MostDescriptions, IsCurrent = false };

    private readonly CallKey key = key;

    /// <summary>Its first node.</summary>
    public int Start => start;

    /// <summary>The node after its last one.</summary>
    public int End => end;

    /// <summary>The node of its result.</summary>
    public int Output => output;

    /// <summary>What it was given, from outside the stream in the order of first use.</summary>
    public CallInput[] Inputs => inputs;

    /// <summary>The conditions it tests.</summary>
    public CallCheck[] Checks => checks;

    /// <summary>Which description this is.</summary>
    public int Description { get; init; } = 1;

    /// <summary>Whether its nodes still have the numbers that they had when it was described.</summary>
    public bool IsCurrent { get; set; } = true;

    /// <summary>Whether this is the same function.</summary>
    public bool Is(in CallKey other) => key == other;
}

/// <summary>A function and what its operations depend on besides inputs.</summary>
/// <param name="Function">Its identity.</param>
/// <param name="Variant">Tells variants of it apart.</param>
/// <param name="IsTracked">Whether gradients flow.</param>
/// <param name="Default">The default precision.</param>
internal readonly record struct CallKey(object Function, bool Variant, bool IsTracked, DType Default);

/// <summary>An input of a call.</summary>
/// <param name="Position">Which argument it is.</param>
/// <param name="Number">The number of the result or outside tensor; not used for a plain number.</param>
/// <param name="Target">Where its gradient goes.</param>
/// <param name="Weak">The bits of a plain number; null for a tensor.</param>
internal readonly record struct CallInput(int Position, int Number, GradientTarget Target, long? Weak);

/// <summary>A condition that a call tests: the node of the verdict, the part, and which argument is checked.</summary>
internal readonly record struct CallCheck(int Verdict, string? Part, int Position);
