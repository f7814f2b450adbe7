// OpenEXR: float and half channels, scan lines, ZIP. Headers are compared with limits before memory is taken.
#include "abi.h"
#include <ImfChannelList.h>
#include <ImfFloatAttribute.h>
#include <ImfFrameBuffer.h>
#include <ImfHeader.h>
#include <ImfInputFile.h>
#include <ImfMatrixAttribute.h>
#include <ImfOutputFile.h>
#include <ImfStringAttribute.h>
#include <ImfThreading.h>
#include <ImfVecAttribute.h>
#include <ImfVersion.h>
#include <memory>
#include <sstream>
#include <vector>

using namespace d3;
namespace exr = OPENEXR_IMF_NAMESPACE;
namespace imath = IMATH_NAMESPACE;

static void add_number(exr::Header& header, const char* name, const double* v, int count) {
  if (count == 1) {
    header.insert(name, exr::FloatAttribute((float)v[0]));
  } else if (count == 9) {
    imath::M33f m;
    for (int i = 0; i < 9; i++) m[i / 3][i % 3] = (float)v[i];
    header.insert(name, exr::M33fAttribute(m));
  } else if (count == 16) {
    imath::M44f m;
    for (int i = 0; i < 16; i++) m[i / 4][i % 4] = (float)v[i];
    header.insert(name, exr::M44fAttribute(m));
  } else {
    throw std::invalid_argument(std::string("attribute ") + name + " must have 1, 9 or 16 numbers");
  }
}

// Planes: width * height floats each; halves: 1 where a channel is stored as half. numbers: all numeric attributes one after the other, number_counts how many belong to each.
D3_API int d3cv_exr_write(const char* path, int width, int height, int channels, const char* const* names, const float* const* planes,
                          const uint8_t* halves, int texts, const char* const* text_names, const char* const* text_values, int numerics,
                          const char* const* number_names, const int* number_counts, const double* numbers) {
  return run([&] {
    require(width > 0 && height > 0 && channels > 0, "picture without pixels or channels");
    exr::Header header(width, height);
    header.compression() = exr::ZIP_COMPRESSION;
    for (int i = 0; i < texts; i++) header.insert(text_names[i], exr::StringAttribute(text_values[i]));
    for (int i = 0; i < numerics; numbers += number_counts[i++]) add_number(header, number_names[i], numbers, number_counts[i]);
    exr::FrameBuffer buffer;
    std::vector<std::vector<half>> rounded;
    rounded.reserve(channels);
    for (int i = 0; i < channels; i++) {
      header.channels().insert(names[i], exr::Channel(halves[i] ? exr::HALF : exr::FLOAT));
      if (halves[i]) {
        auto& row = rounded.emplace_back(planes[i], planes[i] + (size_t)width * height);
        buffer.insert(names[i], exr::Slice(exr::HALF, (char*)row.data(), sizeof(half), sizeof(half) * width));
      } else {
        buffer.insert(names[i], exr::Slice(exr::FLOAT, (char*)planes[i], sizeof(float), sizeof(float) * width));
      }
    }
    exr::OutputFile file(path, header, 0);
    file.setFrameBuffer(buffer);
    file.writePixels(height);
  });
}

namespace {
struct Exr {
  std::unique_ptr<exr::InputFile> file;
  std::vector<std::string> channels;
  std::vector<std::pair<std::string, std::string>> texts;
  std::vector<std::pair<std::string, std::vector<double>>> numbers;
  int width, height;
};
} // namespace

// A file whose window, number of channels or samples in all exceed the limits is refused before any pixel is read.
D3_API void* d3cv_exr_open(const char* path, int max_side, int64_t max_samples, int max_channels) {
  return guard([&]() -> void* {
    exr::Header::setMaxImageSize(max_side, max_side);
    auto e = std::make_unique<Exr>();
    e->file = std::make_unique<exr::InputFile>(path, 0);
    const auto& header = e->file->header();
    const auto& window = header.dataWindow();
    int64_t width = (int64_t)window.max.x - window.min.x + 1, height = (int64_t)window.max.y - window.min.y + 1;
    require(width >= 1 && height >= 1 && width <= max_side && height <= max_side, "the data window is empty or too large");
    e->width = (int)width;
    e->height = (int)height;
    for (auto c = header.channels().begin(); c != header.channels().end(); ++c) {
      require((int)e->channels.size() < max_channels, "too many channels");
      require(c.channel().xSampling == 1 && c.channel().ySampling == 1, "subsampled channels are not read");
      e->channels.push_back(c.name());
    }
    require(!e->channels.empty(), "there are no channels");
    require(width * height * (int64_t)e->channels.size() <= max_samples, "too many pixels in all channels together");
    for (auto a = header.begin(); a != header.end(); ++a) {
      if (auto text = dynamic_cast<const exr::StringAttribute*>(&a.attribute())) e->texts.emplace_back(a.name(), text->value());
      if (auto number = dynamic_cast<const exr::FloatAttribute*>(&a.attribute()))
        e->numbers.emplace_back(a.name(), std::vector<double>{number->value()});
      if (auto m = dynamic_cast<const exr::M33fAttribute*>(&a.attribute()))
        e->numbers.emplace_back(a.name(), std::vector<double>(&m->value()[0][0], &m->value()[0][0] + 9));
      if (auto m = dynamic_cast<const exr::M44fAttribute*>(&a.attribute()))
        e->numbers.emplace_back(a.name(), std::vector<double>(&m->value()[0][0], &m->value()[0][0] + 16));
    }
    return e.release();
  }, nullptr);
}

D3_API void d3cv_exr_free(void* file) { delete static_cast<Exr*>(file); }

// counts: width, height, channels, text attributes, numeric attributes, compression (OpenEXR's number).
D3_API void d3cv_exr_counts(void* file, int* counts) {
  auto& e = *static_cast<Exr*>(file);
  const int values[6] = {e.width, e.height, (int)e.channels.size(), (int)e.texts.size(), (int)e.numbers.size(),
                         (int)e.file->header().compression()};
  std::copy_n(values, 6, counts);
}

D3_API const char* d3cv_exr_channel(void* file, int i) { return static_cast<Exr*>(file)->channels.at(i).c_str(); }
D3_API const char* d3cv_exr_text_name(void* file, int i) { return static_cast<Exr*>(file)->texts.at(i).first.c_str(); }
D3_API const char* d3cv_exr_text_value(void* file, int i) { return static_cast<Exr*>(file)->texts.at(i).second.c_str(); }
D3_API const char* d3cv_exr_number_name(void* file, int i) { return static_cast<Exr*>(file)->numbers.at(i).first.c_str(); }

// Copies at most 16 values and returns how many there are.
D3_API int d3cv_exr_number_values(void* file, int i, double* values) {
  const auto& v = static_cast<Exr*>(file)->numbers.at(i).second;
  std::copy(v.begin(), v.end(), values);
  return (int)v.size();
}

// Every channel, in the order of d3cv_exr_channel, as width * height floats one after the other.
D3_API int d3cv_exr_read(void* file, float* samples) {
  return run([&] {
    auto& e = *static_cast<Exr*>(file);
    const auto& window = e.file->header().dataWindow();
    exr::FrameBuffer buffer;
    size_t pixels = (size_t)e.width * e.height;
    for (size_t i = 0; i < e.channels.size(); i++) {
      buffer.insert(e.channels[i], exr::Slice::Make(exr::FLOAT, samples + i * pixels, window, sizeof(float), sizeof(float) * e.width));
    }
    e.file->setFrameBuffer(buffer);
    e.file->readPixels(window.min.y, window.max.y);
  });
}
