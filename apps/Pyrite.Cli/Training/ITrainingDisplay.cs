namespace Pyrite.Cli.Training;

/// <summary>Shows a run while it goes on.</summary>
internal interface ITrainingDisplay
{
    /// <summary>Runs the training inside whatever the display keeps on the screen.</summary>
    T Around<T>(Func<T> training);

    /// <summary>Called after every batch, from the thread that trains.</summary>
    void BatchDone(in BatchProgress progress);

    /// <summary>Called after every epoch, the one cut short by an interruption included.</summary>
    void EpochDone(EpochResult epoch);
}
