namespace Pyrite.Programs;

/// <summary>Where the gradient of an operation's input goes, as a number that two steps can compare: the node of this step that made it, or one of
/// the constants here.</summary>
/// <remarks>It need not be the node that computed the value: a detached result has none, a layout change passes on its input's.</remarks>
internal static class History
{
    /// <summary>Nowhere: the input is not tracked.</summary>
    public const int None = -1;

    /// <summary>To a variable from outside of the step.</summary>
    public const int Variable = -2;

    /// <summary>To a graph of which the step does not know how it came about.</summary>
    public const int Foreign = -3;

    /// <summary>The number for a tensor.</summary>
    public static int Of(Tensor input, Recorder recorder)
    {
        if (!input.RequiresGradient)
        {
            return None;
        }
        bool isOwn = ReferenceEquals(input.Recorder, recorder);
        if (isOwn && input.NodeIndex >= 0)
        {
            return input.NodeIndex;
        }
        return !isOwn && input.IsVariable ? Variable : Foreign;
    }
}
