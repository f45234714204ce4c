namespace Pyrite.Cli.Training;

/// <summary>One pass over the training images.</summary>
/// <param name="Epoch">0 for the first.</param>
/// <param name="TrainingLoss">Negative evidence lower bound per image, mean over the images of the epoch.</param>
/// <param name="TestLoss">The same over the test images after the epoch; null where the epoch was interrupted.</param>
/// <param name="Images">Training images seen.</param>
/// <param name="Seconds">Time of the training steps, loading included, testing not.</param>
internal sealed record EpochResult(int Epoch, double TrainingLoss, double? TestLoss, int Images, double Seconds);
