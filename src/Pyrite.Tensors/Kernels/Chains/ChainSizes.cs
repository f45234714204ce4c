namespace Pyrite.Kernels.Chains;

/// <summary>The sizes of a batch of chains.</summary>
/// <param name="Chains">How many chains.</param>
/// <param name="Steps">The steps of each, at least 1.</param>
/// <param name="States">The states of each step, at least 1.</param>
/// <param name="OwnTransitions">Whether each chain has transitions of its own; else all share those of one.</param>
/// <param name="StepTransitions">Whether each step has transitions of its own; else all share one matrix.</param>
internal readonly record struct ChainSizes(int Chains, int Steps, int States, bool OwnTransitions, bool StepTransitions)
{
    /// <summary>Numbers of one matrix of transitions.</summary>
    public int Square => States * States;

    /// <summary>Matrices of transitions that belong to one chain.</summary>
    public int Matrices => StepTransitions ? Steps - 1 : 1;

    /// <summary>Numbers of all scores.</summary>
    public int Scores => Chains * Steps * States;

    /// <summary>Numbers of all transitions.</summary>
    public int Transitions => (OwnTransitions ? Chains : 1) * Matrices * Square;

    /// <summary>Numbers of a row that the forward pass keeps: the weights of the states, and those before the step's own scores.</summary>
    public int Row => 2 * States;

    /// <summary>Numbers that the forward pass keeps of one chain: a row a step, and one with the total and the kind of arithmetic.</summary>
    public int Kept => (Steps + 1) * Row;
}
