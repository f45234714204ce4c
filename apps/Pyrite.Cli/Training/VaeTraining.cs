using System.Diagnostics;
using Pyrite.Cli.Pictures;
using Pyrite.Plotting;

namespace Pyrite.Cli.Training;

/// <summary>Trains the autoencoder epoch by epoch and tests it after each.</summary>
internal sealed class VaeTraining
{
    private const string ReportFile = "report.html";

    private readonly TrainingSettings settings;
    private readonly Mnist mnist;
    private readonly DataLoader training;
    private readonly DataLoader test;
    private readonly Svi<Tensor> svi;
    private readonly List<double> losses = [];
    private bool isInterrupted;

    public VaeTraining(TrainingSettings settings, Mnist mnist)
    {
        this.settings = settings;
        this.mnist = mnist;
        training = new DataLoader(mnist.Train, settings.BatchSize, shuffle: true, seed: (ulong)settings.Seed);
        test = new DataLoader(mnist.Test, settings.BatchSize);
        svi = new Svi<Tensor>(Vae.Model, Vae.Guide, new Adam(settings.LearningRate), new TraceElbo(), seed: (ulong)settings.Seed);
    }

    public Vae Vae { get; } = new();

    private int BatchesAnEpoch => Math.Min(training.BatchCount, settings.BatchesPerEpoch ?? int.MaxValue);

    /// <summary>Runs all epochs; a cancellation lets the batch under way finish and ends the run.</summary>
    /// <returns>One result per epoch, the interrupted one included if it had a batch.</returns>
    public IReadOnlyList<EpochResult> Run(ITrainingDisplay display, RunEvents events, CancellationToken interruption)
    {
        List<EpochResult> results = [];
        for (int epoch = 0; epoch < settings.Epochs && (epoch == 0 || !interruption.IsCancellationRequested); epoch++)
        {
            EpochResult result = Train(epoch, display, events, interruption);
            if (!interruption.IsCancellationRequested)
            {
                result = result with { TestLoss = Test() };
            }

            results.Add(result);
            display.EpochDone(result);
            events.EpochDone(result, epoch + 1 < settings.Epochs && !interruption.IsCancellationRequested ? Vae : null);
        }

        isInterrupted = interruption.IsCancellationRequested;
        events.Ended();
        return results;
    }

    /// <summary>Writes weights, record, loss curve and pictures, the weights first.</summary>
    public void Save(OutputFolder folder, RunRecord record)
    {
        folder.Save(VaeWeights.FileName, path => VaeWeights.Save(Vae, path));
        folder.WriteText("run.json", record.ToJson());
        Chart chart = LossChart.Of(record.Epochs);
        folder.Save("loss.png", path => chart.SavePng(path));
        folder.Save("loss.svg", path => chart.SaveSvg(path));
        new VaePictures(Vae, mnist.Test).Save(folder);
        if (settings.WithReport)
        {
            folder.Save(ReportFile, path => SaveReport(folder, path));
        }
    }

    /// <summary>Writes a page with the losses of all steps, per image.</summary>
    private void SaveReport(OutputFolder folder, string path)
    {
        SviResult fit = new(losses, isInterrupted ? SviStopReason.Cancelled : SviStopReason.Completed, svi.SkippedCount, []);
        (string Name, string File)[] pictures =
        [
            ("Loss of the epochs, per image", "loss.png"), ("What the latent plane decodes to", VaePictures.LatentGridFile),
            ("Test digits, and decoded again", VaePictures.ReconstructionsFile), ("Where test digits lie", VaePictures.LatentMeansFile),
        ];
        (string Name, byte[] Png)[] drawn = [.. pictures.Where(one => File.Exists(folder.PathOf(one.File)))
            .Select(one => (one.Name, File.ReadAllBytes(folder.PathOf(one.File))))];
        foreach ((Tensor x, _) in test)
        {
            svi.SaveReport(path, fit, x, title: "A variational autoencoder of digits", pictures: drawn);
            return;
        }
    }

    private EpochResult Train(int epoch, ITrainingDisplay display, RunEvents events, CancellationToken interruption)
    {
        long start = Stopwatch.GetTimestamp();
        double loss = 0;
        int images = 0, batch = 0;
        foreach ((Tensor x, _) in training)
        {
            double ofStep = svi.Step(x);
            losses.Add(ofStep / x.Shape[0]);
            loss += ofStep;
            images += x.Shape[0];
            batch++;
            double seconds = Stopwatch.GetElapsedTime(start).TotalSeconds;
            double batchesLeft = ((double)(settings.Epochs - epoch) * BatchesAnEpoch) - batch;
            BatchProgress progress = new(epoch, batch, BatchesAnEpoch, loss / images, images / seconds, batchesLeft * seconds / batch);
            display.BatchDone(progress);
            events.BatchDone(progress);
            if (batch == BatchesAnEpoch || interruption.IsCancellationRequested)
            {
                break;
            }
        }

        return new(epoch, loss / images, TestLoss: null, images, Stopwatch.GetElapsedTime(start).TotalSeconds);
    }

    private double Test()
    {
        double loss = 0;
        int images = 0;
        foreach ((Tensor x, _) in test.Take(settings.BatchesPerEpoch ?? int.MaxValue))
        {
            loss += svi.Evaluate(x);
            images += x.Shape[0];
        }

        return loss / images;
    }
}
