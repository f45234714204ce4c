using Pyrite.Images;

namespace Pyrite;

/// <summary>A published set of labelled images: where it comes from, and how it is fetched, checked and read.</summary>
/// <remarks><see cref="ImageSets"/> has those that are known by name. A downloaded file counts only if its bytes have the published
/// SHA-256.</remarks>
public abstract class ImageSetSource
{
    private readonly RemoteFile[] files;
    private readonly Uri[] mirrors;

    private protected ImageSetSource(string name, string title, string license, Uri[] mirrors, string[] classes, RemoteFile[] files)
    {
        Name = name;
        Title = title;
        License = license;
        Classes = classes;
        this.mirrors = mirrors;
        this.files = files;
    }

    /// <summary>The name by which <see cref="ImageSets.Find"/> knows it, such as <c>fashion-mnist</c>.</summary>
    public string Name { get; }

    /// <summary>What it is called in texts, such as Fashion-MNIST.</summary>
    public string Title { get; }

    /// <summary>Under which licence its authors give it.</summary>
    public string License { get; }

    /// <summary>The classes' names: label i is <c>Classes[i]</c>.</summary>
    public IReadOnlyList<string> Classes { get; }

    /// <summary>The addresses it is fetched from, each a folder, in the order in which they are tried.</summary>
    public IReadOnlyList<Uri> Mirrors => mirrors;

    internal IReadOnlyList<RemoteFile> Files => files;

    /// <summary>Loads the set; what is not on this machine yet is downloaded first, once.</summary>
    /// <remarks>It is kept in a folder of its name in the place that the environment variable PYRITE_DATA names, or else in <c>pyrite/data</c> in the
    /// user's local application data (<c>~/.local/share</c> on Linux). What lies there is read without a comparison of sums.</remarks>
    /// <param name="progress">Told about every block that arrives.</param>
    /// <returns>Both sets.</returns>
    /// <exception cref="IOException">A file came from no mirror, or could not be written.</exception>
    /// <exception cref="InvalidDataException">A file is broken.</exception>
    public ImageSet Load(IProgress<DownloadProgress>? progress = null)
    {
        string folder = DataFolder.Of(Name);
        if (!Array.TrueForAll(files, file => file.FindIn(folder) is not null))
        {
            Download(folder, progress);
        }
        return Load(folder);
    }

    /// <summary>Loads the set from a folder that holds its files.</summary>
    /// <param name="folder">The folder.</param>
    /// <returns>Both sets.</returns>
    /// <exception cref="FileNotFoundException">A file is missing.</exception>
    /// <exception cref="InvalidDataException">A file is broken, or holds other images or labels than the set has.</exception>
    public ImageSet Load(string folder)
    {
        ArgumentException.ThrowIfNullOrEmpty(folder);
        string[] paths = Array.ConvertAll(files, file => file.FindIn(folder) ?? throw file.NotFound(Title, folder));
        (LabelledImages train, LabelledImages test) = Read(paths);
        CheckLabels(train, folder);
        CheckLabels(test, folder);
        return new ImageSet(train, test, Classes);
    }

    /// <summary>Downloads the files into a folder and waits for them; see <see cref="DownloadAsync"/>.</summary>
    /// <param name="folder">Where to put the files; made if it is not there.</param>
    /// <param name="progress">Told about every block that arrives.</param>
    /// <param name="mirrors">Addresses to try in turn, the public ones if null.</param>
    /// <param name="client">The client to use, one made for this call if null.</param>
    /// <param name="cancellationToken">Ends the download.</param>
    /// <exception cref="IOException">A file came from no mirror, or could not be written.</exception>
    public void Download(string folder, IProgress<DownloadProgress>? progress = null, IReadOnlyList<Uri>? mirrors = null, HttpClient? client = null,
        CancellationToken cancellationToken = default) =>
        DownloadAsync(folder, progress, mirrors, client, cancellationToken).GetAwaiter().GetResult();

    /// <summary>Downloads the files and checks them.</summary>
    /// <remarks>Good files already there are kept and not fetched again. A file is written under another name, its bytes are compared with their
    /// SHA-256, and only then it gets its name: after a failure there is either the whole file or what was there before.</remarks>
    /// <param name="folder">Where to put the files; made if it is not there.</param>
    /// <param name="progress">Told about every block that arrives.</param>
    /// <param name="mirrors">Addresses to try in turn, each a folder that holds the files; the public ones if null.</param>
    /// <param name="client">The client to use, one made for this call if null.</param>
    /// <param name="cancellationToken">Ends the download.</param>
    /// <returns>A task that ends when all files are there.</returns>
    /// <exception cref="IOException">A file came from no mirror, or could not be written; the message says what went wrong with each.</exception>
    /// <exception cref="OperationCanceledException">The download was cancelled.</exception>
    public async Task DownloadAsync(string folder, IProgress<DownloadProgress>? progress = null, IReadOnlyList<Uri>? mirrors = null,
        HttpClient? client = null, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(folder);
        using HttpClient? own = client is null ? new HttpClient() : null;
        FileDownload download = new(client ?? own!, mirrors ?? Mirrors, Files);
        await download.RunAsync(folder, progress, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Name and title.</summary>
    public override string ToString() => $"{Title} ({Name})";

    private protected abstract (LabelledImages Train, LabelledImages Test) Read(string[] paths);

    private void CheckLabels(LabelledImages images, string folder)
    {
        int wrong = images.Labels.Span.IndexOfAnyInRange((byte)Classes.Count, byte.MaxValue);
        if (wrong >= 0)
        {
            throw new InvalidDataException(
                $"Cannot read \"{folder}\" as {Title}: expected labels from 0 to {Classes.Count - 1}; found {images.Labels.Span[wrong]} at {wrong}. "
                    + "Load other label sets with LabelledImages.Load.");
        }
    }
}
