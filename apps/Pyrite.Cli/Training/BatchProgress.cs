namespace Pyrite.Cli.Training;

/// <summary>Where a run stands after a batch.</summary>
/// <param name="Epoch">0 for the first.</param>
/// <param name="Batch">Batches done in this epoch.</param>
/// <param name="Batches">Batches of an epoch.</param>
/// <param name="RunningLoss">Loss per image, mean over the epoch so far.</param>
/// <param name="ImagesPerSecond">Images per second in this epoch so far.</param>
/// <param name="SecondsLeft">An estimate for the whole run from the pace of this epoch.</param>
internal readonly record struct BatchProgress(int Epoch, int Batch, int Batches, double RunningLoss, double ImagesPerSecond, double SecondsLeft);
