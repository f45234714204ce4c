using Pyrite.Cli.Training;
using Pyrite.Plotting;

namespace Pyrite.Cli.Pictures;

/// <summary>Training and test loss over the epochs.</summary>
internal static class LossChart
{
    public static LineChart Of(IReadOnlyList<EpochResult> epochs)
    {
        double[] numbers = [.. epochs.Select(epoch => (double)epoch.Epoch)];
        LineChart chart = new() { Title = "Loss of the autoencoder", XAxis = new("epoch"), YAxis = new("negative ELBO per image, nats") };
        chart.Add("training", numbers, [.. epochs.Select(epoch => epoch.TrainingLoss)], markers: true);
        EpochResult[] tested = [.. epochs.Where(epoch => epoch.TestLoss is not null)];
        if (tested.Length > 0)
        {
            chart.Add("test", [.. tested.Select(epoch => (double)epoch.Epoch)], [.. tested.Select(epoch => epoch.TestLoss!.Value)], markers: true);
        }

        return chart;
    }
}
