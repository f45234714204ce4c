namespace Pyrite.Inference.Samplers;

/// <summary>A transition as the numbers of <see cref="SamplerColumns.All"/>, in that order.</summary>
internal static class SamplerReport
{
    public const int Count = 7;

    /// <summary>Writes the numbers of a transition.</summary>
    public static void Write(in Transition transition, Span<double> numbers)
    {
        numbers[0] = transition.LogDensity;
        numbers[1] = transition.AcceptanceProbability;
        numbers[2] = transition.StepSize;
        numbers[3] = transition.TreeDepth;
        numbers[4] = transition.LeapfrogSteps;
        numbers[5] = transition.IsDivergent ? 1 : 0;
        numbers[6] = transition.Energy;
    }

    /// <summary>The transition with these numbers.</summary>
    public static Transition Read(ReadOnlySpan<double> numbers) =>
        new(numbers[0], numbers[1], numbers[2], (int)numbers[3], (int)numbers[4], numbers[5] > 0, numbers[6]);
}
